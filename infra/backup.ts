import { createReadStream, createWriteStream } from 'node:fs'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ObjectNotFoundError } from '@meanwhile/shared/platform/storage'
import { createZip, type ZippedFile, type ZipWriter } from '@meanwhile/shared/platform/zip-writer'
import { dumpDatabase, namedObjects } from './backup/dump-database.ts'
import { type BackupManifest, backupFormat, backupPaths, backupVersion, leftOut } from './backup/manifest.ts'
import { type House, openHouse, readDotEnv } from './backup/open-house.ts'

/** What was written, and how many objects were replaced while it was. */
export type BackupResult = { file: string; objects: number; missing: number }

/** In a folder it gets a name of its own. */
async function fileFor(target: string): Promise<string> {
  const found = await stat(target).catch(() => undefined)
  if (found?.isFile()) throw new Error(`${target} is there already: choose another name.`)
  return found?.isDirectory()
    ? join(target, `meanwhile-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.zip`)
    : target
}

/** Every object, after the database: what is made meanwhile is taken along too, which does no harm. */
async function addMedia({ storage }: House, zip: ZipWriter): Promise<ZippedFile[]> {
  const added: ZippedFile[] = []
  for await (const key of storage.list('')) {
    if (leftOut.prefixes.some((prefix) => key.startsWith(prefix))) continue
    const bytes = await storage.read(key).catch((error) => {
      if (error instanceof ObjectNotFoundError) return undefined
      throw error
    })
    if (bytes) added.push(await zip.add(backupPaths.media + key, bytes))
  }
  return added
}

async function addAll(house: House, zip: ZipWriter): Promise<Omit<BackupResult, 'file'>> {
  const files: ZippedFile[] = []
  const described = await dumpDatabase(house.sql, async (table, rows) => {
    files.push(await zip.add(backupPaths.table(table), rows, { compress: true }))
  })
  const needed = await namedObjects(house.sql)
  const media = await addMedia(house, zip)
  for (const { path } of media) needed.delete(path.slice(backupPaths.media.length))
  const secrets = join(house.env.DATA_DIR, 'secrets.json')
  if (await stat(secrets).catch(() => undefined)) files.push(await zip.add(backupPaths.secrets, createReadStream(secrets)))
  const manifest: BackupManifest = {
    ...{ format: backupFormat, version: backupVersion, createdAt: new Date().toISOString(), ...described },
    files: [...files, ...media],
  }
  await zip.add(backupPaths.manifest, Readable.from([Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)]), { compress: true })
  zip.end()
  return { objects: media.length, missing: needed.size }
}

/** Writes database, media and secrets into one file that only this user can read; a file that is not whole is removed. */
export async function writeBackup(target: string, variables: NodeJS.ProcessEnv): Promise<BackupResult> {
  const file = await fileFor(resolve(target))
  const house = await openHouse({ whileRunning: true, variables })
  const partial = `${file}.partial`
  try {
    const zip = createZip(new Date())
    const adding = addAll(house, zip).catch((error) => {
      zip.output.destroy(error)
      throw error
    })
    const writing = pipeline(zip.output, createWriteStream(partial, { flags: 'wx', mode: 0o600 }))
    const [written, added] = await Promise.allSettled([writing, adding])
    if (added.status === 'rejected') throw added.reason
    if (written.status === 'rejected') throw written.reason
    await flush(partial)
    await rename(partial, file)
    return { file, ...added.value }
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  } finally {
    await house.close()
  }
}

async function flush(file: string) {
  const handle = await open(file, 'r+')
  await handle.sync()
  await handle.close()
}

const say = (text: string) => void process.stderr.write(`${text}\n`)

/** `npm run backup -- <folder or file>`. */
export async function backup([target, ...rest]: string[]): Promise<void> {
  readDotEnv()
  try {
    if (!target || rest.length > 0) throw new Error('Say where to: npm run backup -- /somewhere/safe')
    const { file, objects, missing } = await writeBackup(target, process.env)
    say(`The backup is in ${file}: the database and ${objects} objects.`)
    if (missing > 0)
      say(
        `${missing} objects that the database knows are not in it: they were replaced while it was made, or are lost. Run it again.`,
      )
    if (!(await readFile(join(process.env.DATA_DIR ?? 'data', 'secrets.json')).catch(() => undefined)))
      say('There is no secrets.json: keep AUTH_SECRET and MEDIA_SECRET of the environment with it.')
    process.exit(missing > 0 ? 2 : 0)
  } catch (error) {
    say(`No backup was made: ${(error as Error).message}`)
    process.exit(1)
  }
}
