import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import yauzl from 'yauzl'
import { BackupManifest, backupPaths, backupVersion } from './manifest.ts'

/** A backup that was read and compared with its checksums. */
export type Archive = {
  manifest: BackupManifest
  has(path: string): boolean
  open(path: string): Promise<Readable>
  close(): void
}

const maxManifestBytes = 1024 * 1024 * 1024

/** @throws {Error} with a sentence for the operator when it is no backup, or of a newer version */
async function readManifest(bytes: Readable): Promise<BackupManifest> {
  const parsed = BackupManifest.safeParse(JSON.parse(String(await buffer(bytes))))
  if (!parsed.success) throw new Error('This is not a backup of Meanwhile.')
  if (parsed.data.version > backupVersion)
    throw new Error('This backup was made by a newer version of Meanwhile: install that first.')
  return parsed.data
}

/** Compares every file with its length and SHA-256, so that a damaged backup changes nothing. @throws {Error} which one is damaged */
async function check({ manifest, open, has }: Archive) {
  for (const { path, sizeBytes, sha256 } of manifest.files) {
    if (!has(path)) throw new Error(`The backup is damaged: ${path} is missing in it.`)
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of (await open(path)) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      size += chunk.length
    }
    if (size !== sizeBytes || hash.digest('hex') !== sha256) throw new Error(`The backup is damaged: ${path} is not as it was.`)
  }
}

/** Opens a backup and reads all of it once. @throws {Error} with a sentence for the operator */
export async function openArchive(file: string): Promise<Archive> {
  const zip = await yauzl.openPromise(file, { lazyEntries: true, autoClose: false }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} is not a backup of Meanwhile, or was cut off.`,
    )
  })
  try {
    const entries = new Map<string, yauzl.Entry>()
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
    const open = (path: string) => zip.openReadStreamPromise(entries.get(path) as yauzl.Entry)
    const listed = entries.get(backupPaths.manifest)
    if (!listed || listed.uncompressedSize > maxManifestBytes) throw new Error(`${file} is not a backup of Meanwhile.`)
    const manifest = await readManifest(await open(backupPaths.manifest))
    const archive = { manifest, open, has: (path: string) => entries.has(path), close: () => zip.close() }
    await check(archive)
    return archive
  } catch (error) {
    zip.close()
    throw error
  }
}
