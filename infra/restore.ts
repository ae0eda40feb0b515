import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { connect } from '@meanwhile/shared/db/client'
import { beingErased, eraseAgain } from '@meanwhile/shared/db/erase-again'
import { knownMigrations, migrate, migrateUntil } from '@meanwhile/shared/db/migrate'
import { erasedIds, isOfErasures, rememberErasure } from '@meanwhile/shared/platform/erasure-ledger'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { emptyDatabase, isDatabaseEmpty, loadDatabase } from './backup/load-database.ts'
import { backupPaths } from './backup/manifest.ts'
import { type House, openHouse, readDotEnv } from './backup/open-house.ts'
import { type Archive, openArchive } from './backup/read-archive.ts'

/** How many objects it has, and how many people were erased again. */
export type RestoreResult = { objects: number; erased: number }

/** Keys are those of `keys`: nothing in a file decides where it lands. */
const key = /^[\w-]+(\/[\w.-]+)+$/
const isKey = (text: string) => key.test(text) && !text.split('/').some((part) => /^\.+$/.test(part))

async function hasObjects(storage: Storage) {
  // Who was erased is remembered also where nothing else is left.
  for await (const key of storage.list('')) if (!isOfErasures(key)) return true
  return false
}

async function refuseOthers({ sql, storage, env }: House, isForced: boolean) {
  if (isForced) return
  if ((await isDatabaseEmpty(sql)) && !(await hasObjects(storage))) return
  const where = env.DATABASE_URL || env.S3_BUCKET ? 'The database or the storage' : env.DATA_DIR
  throw new Error(`${where} is not empty. To replace what is there by the backup, add --force.`)
}

/** @throws {Error} when it has migrations that this version does not know */
async function versionOf({ manifest: { migrations } }: Archive): Promise<number> {
  const known = await knownMigrations()
  if (migrations.some((when) => !known.includes(when)))
    throw new Error('This backup was made by another, newer version of Meanwhile: install that first.')
  return Math.max(...migrations)
}

async function putMedia({ storage }: House, archive: Archive): Promise<number> {
  const media = archive.manifest.files.filter(({ path }) => path.startsWith(backupPaths.media))
  for (const { path } of media) {
    const name = path.slice(backupPaths.media.length)
    if (!isKey(name)) throw new Error(`The backup is damaged: ${name} is not a name of ours.`)
    const file = join(storage.incomingDir, randomUUID())
    try {
      await pipeline(await archive.open(path), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
      await storage.putFile(name, file)
    } finally {
      await rm(file, { force: true })
    }
  }
  return media.length
}

/** Sessions, share links and media URLs are signed with them. */
async function putSecrets({ env }: House, archive: Archive) {
  if (!archive.has(backupPaths.secrets)) return
  const file = join(env.DATA_DIR, 'secrets.json')
  await pipeline(await archive.open(backupPaths.secrets), createWriteStream(`${file}.new`, { mode: 0o600, flush: true }))
  await rename(`${file}.new`, file)
}

/** What was about to be sent when the backup was made was sent since, or nobody waits for it any more. */
async function forgetWaiting({ sql }: House) {
  await sql`update webhook_deliveries set next_attempt_at = null where next_attempt_at is not null`
  await sql`update mails set state = 'failed', failure = 'It was not sent before the backup that this site was restored from.' where state = 'waiting'`
}

/** Whose erasure goes on while the database is replaced is remembered as all others are. */
async function rememberErasures({ sql, databaseUrl, storage }: House) {
  const [found] = await sql<{ name: string | null }[]>`select to_regclass('public.erasures')::text as name`
  if (!found?.name) return
  const database = connect(databaseUrl, { max: 1 })
  try {
    for (const userId of await beingErased(database.db)) await rememberErasure(storage, userId, new Date())
  } finally {
    await database.sql.end({ timeout: 5 })
  }
}

/** Who was erased since the backup was made stays erased. @returns how many it had brought back */
async function keepErased({ databaseUrl, storage }: House): Promise<number> {
  const database = connect(databaseUrl, { max: 1 })
  try {
    return await eraseAgain(database.db, await erasedIds(storage))
  } finally {
    await database.sql.end({ timeout: 5 })
  }
}

async function replaceAll(house: House, archive: Archive, version: number): Promise<RestoreResult> {
  try {
    await rememberErasures(house)
    await emptyDatabase(house.sql)
    for await (const name of house.storage.list('')) if (!isOfErasures(name)) await house.storage.delete(name)
    const objects = await putMedia(house, archive)
    await migrateUntil(house.databaseUrl, version)
    await loadDatabase(house.sql, archive.manifest, (table) => archive.open(backupPaths.table(table)))
    await putSecrets(house, archive)
    await migrate(house.databaseUrl)
    const erased = await keepErased(house)
    await forgetWaiting(house)
    return { objects, erased }
  } catch (error) {
    throw new Error(`${(error as Error).message} What is there now is not whole: restore again, with --force.`, { cause: error })
  }
}

/**
 * Puts a backup in the place of an installation that is empty, or of what is there where that is asked for. Everything that can be wrong
 * with the file is found before anything is changed.
 */
export async function readBackup(
  file: string,
  { isForced, variables }: { isForced: boolean; variables: NodeJS.ProcessEnv },
): Promise<RestoreResult> {
  const archive = await openArchive(resolve(file))
  try {
    const version = await versionOf(archive)
    const house = await openHouse({ whileRunning: false, variables })
    try {
      await refuseOthers(house, isForced)
      return await replaceAll(house, archive, version)
    } finally {
      await house.close()
    }
  } finally {
    archive.close()
  }
}

const say = (text: string) => void process.stderr.write(`${text}\n`)

/** `npm run restore -- <file> [--force]`. */
export async function restore(args: string[]): Promise<void> {
  readDotEnv()
  const isForced = args.includes('--force')
  const [file, ...rest] = args.filter((each) => each !== '--force')
  try {
    if (!file || rest.length > 0 || !(await stat(file).catch(() => undefined)))
      throw new Error('Say which file: npm run restore -- backup.zip')
    const { objects, erased } = await readBackup(file, { isForced, variables: process.env })
    say(`The backup is restored: the database and ${objects} objects. Start Meanwhile again.`)
    if (erased > 0)
      say(
        `${erased} ${erased === 1 ? 'person who was' : 'people who were'} deleted since then ${erased === 1 ? 'is' : 'are'} deleted again; what they recorded goes within minutes of the start.`,
      )
    process.exit(0)
  } catch (error) {
    say(`The restore failed: ${(error as Error).message}`)
    process.exit(1)
  }
}
