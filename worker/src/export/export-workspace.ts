import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { exportKeptDays } from '@meanwhile/shared/contract/transfers'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { filePaths, formatName, formatVersion, type Manifest } from '@meanwhile/shared/platform/workspace-file'
import { createZip, type ZippedFile, type ZipWriter } from '@meanwhile/shared/platform/zip-writer'
import { StageFailure } from '../failure.ts'
import type { TransferMaker, TransferWork } from '../transfers/run-transfers.ts'
import { storeParts } from './part-files.ts'
import { type Snapshot, writeSnapshot } from './snapshot.ts'
import type { MediaFile } from './video-records.ts'

/** How much of the time it takes to write down everything but the media, as far as people are told. */
const writingShare = 0.1

const readerFolder = fileURLToPath(new URL('./reader/', import.meta.url))
/** The pages with which people read an export, by their names in the ZIP. */
const readerFiles = { 'index.html': 'index.html', 'reader/reader.css': 'reader.css', 'reader/reader.js': 'reader.js' }

/** The bytes of objects, one behind the other; those of a recording are compared with what arrived. */
async function* bytesOf(storage: Storage, { keys: objects, sha256 }: MediaFile, onBytes: (count: number) => void) {
  for (const [index, key] of objects.entries()) {
    const hash = sha256 ? createHash('sha256') : undefined
    for await (const chunk of (await storage.read(key)) as AsyncIterable<Buffer>) {
      hash?.update(chunk)
      onBytes(chunk.length)
      yield chunk
    }
    if (hash && hash.digest('hex') !== sha256?.[index])
      throw new StageFailure('A part of a recording is damaged in the storage.', { isFinal: false })
  }
}

/** The list is small against what it lists. */
const readMediaList = async (file: string): Promise<MediaFile[]> => JSON.parse(await readFile(file, 'utf8'))

async function addEverything({ dir, storage, signal, onProgress }: TransferWork, snapshot: Snapshot, zip: ZipWriter) {
  const added: ZippedFile[] = []
  const add = async (path: string, bytes: Readable, compress: boolean) => {
    signal.throwIfAborted()
    added.push(await zip.add(path, bytes, { compress }))
  }
  for (const [path, file] of Object.entries(readerFiles)) await add(path, createReadStream(join(readerFolder, file)), true)
  for (const path of snapshot.files) await add(path, createReadStream(join(dir, path)), true)
  let doneBytes = 0
  const onBytes = (count: number) => {
    doneBytes += count
    onProgress(writingShare + (1 - writingShare) * (doneBytes / Math.max(1, snapshot.mediaBytes)))
  }
  for (const file of await readMediaList(snapshot.mediaFile))
    await add(file.path, Readable.from(bytesOf(storage, file, onBytes), { objectMode: false }), false)
  const manifest: Manifest = {
    ...{ format: formatName, version: formatVersion, createdAt: new Date().toISOString(), workspace: snapshot.workspaceName },
    files: added,
  }
  await zip.add(filePaths.manifest, Readable.from([Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)]), { compress: true })
  zip.end()
}

/** A workspace as one ZIP in the storage: records as JSON, media, captions, and pages to read it with. */
export const exportWorkspace: TransferMaker = async (work) => {
  const { lease, dir, db, storage, signal, onProgress } = work
  const scope = { workspaceId: lease.workspaceId, userId: lease.createdById }
  const snapshot = await writeSnapshot(db, scope, dir, (share) => onProgress(share * writingShare))
  const zip = createZip(new Date())
  const onAbort = () => zip.output.destroy(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  const adding = addEverything(work, snapshot, zip).catch((error) => {
    zip.output.destroy(error)
    throw error
  })
  const storing = storeParts(storage, zip.output, (number) => keys.transferPart(lease.id, lease.leaseId, number), signal)
  try {
    const [stored, addition] = await Promise.allSettled([storing, adding])
    signal.throwIfAborted()
    if (addition.status === 'rejected')
      throw stored.status === 'rejected' ? reasonOf(stored.reason, addition.reason) : addition.reason
    if (stored.status === 'rejected') throw stored.reason
    const parts = stored.value
    const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0)
    return { report: snapshot.report, parts, sizeBytes, keptDays: exportKeptDays }
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** Of two that failed, one because the other did: that of a file of its own says more. */
const reasonOf = (storing: unknown, adding: unknown) =>
  adding instanceof Error && /^the ZIP ended/.test(adding.message) ? storing : adding
