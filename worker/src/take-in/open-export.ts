import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { filePaths, formatName, formatVersion, Manifest } from '@meanwhile/shared/platform/workspace-file'
import yauzl from 'yauzl'
import * as z from 'zod'
import { StageFailure } from '../failure.ts'
import type { PartReader } from './part-reader.ts'

/** An export that is read: its lists are as its manifest says, everything else is compared when it is opened. */
export type OpenExport = {
  manifest: Manifest
  /** How large a file is. 0 for one that is not there. */
  sizeOf(path: string): number
  /** Its bytes, compared with their length and SHA-256 when they end. @throws {StageFailure} when it is missing or damaged */
  bytesOf(path: string): AsyncGenerator<Buffer>
  /** Copies it to a local file of ours. @throws {StageFailure} when it is missing or damaged */
  extract(path: string, file: string, signal: AbortSignal): Promise<void>
  close(): void
}

/** More than ten times what the largest workspace that we know of has. */
const mostEntries = 200_000
const mostManifestBytes = 64 * 1024 * 1024
/** Of all lists together. */
const mostListBytes = 4 * 1024 ** 3
/** What text is compressed to is rarely below a twentieth; a bomb is made of a thousandth. */
const mostRatio = 250
const always = 1024 * 1024
/** Recordings are packed already. */
const mostMediaRatio = 4

const refused = (sentence: string) => new StageFailure(sentence, { isFinal: true })
const isSymlink = ({ externalFileAttributes }: yauzl.Entry) => ((externalFileAttributes >>> 16) & 0o170000) === 0o120000

/** What is wrong with an entry, whatever is in it; null for one that may be read. */
function faultOf(entry: yauzl.Entry, known: Map<string, yauzl.Entry>): string | null {
  const name = JSON.stringify(entry.fileName.slice(0, 100))
  if (known.has(entry.fileName)) return `It has two files called ${name}.`
  if (isSymlink(entry)) return `${name} in it leads somewhere else: an export has no links.`
  if (entry.isEncrypted() || !entry.canDecodeFileData())
    return `${name} in it is encrypted, or packed in a way that cannot be read.`
  if (entry.uncompressedSize > always + mostRatio * entry.compressedSize)
    return `${name} in it is packed so tightly that it looks like an attack.`
  return null
}

/** The names that yauzl itself refuses: absolute ones, and those that lead out of the folder. */
const sentenceOf = (error: unknown) =>
  error instanceof Error && /relative path|absolute path|invalid characters/.test(error.message)
    ? 'It has names of files that lead out of it: this is no export of Meanwhile.'
    : 'This is not a ZIP file, or it was cut off. Download the export again, and import it as it is.'

async function readEntries(zip: yauzl.ZipFile, sizeBytes: number): Promise<Map<string, yauzl.Entry>> {
  if (zip.entryCount > mostEntries) throw refused(`It has ${zip.entryCount} files: at most ${mostEntries} can be imported.`)
  const entries = new Map<string, yauzl.Entry>()
  let packedBytes = 0
  for await (const entry of zip.eachEntry()) {
    const fault = faultOf(entry, entries)
    if (fault) throw refused(fault)
    packedBytes += entry.compressedSize
    // Files that lie over each other would be read many times.
    if (packedBytes > sizeBytes) throw refused('Its files lie over each other: this is no export of Meanwhile.')
    entries.set(entry.fileName, entry)
  }
  return entries
}

async function readManifest(bytes: Readable): Promise<Manifest> {
  const chunks: Buffer[] = []
  for await (const chunk of bytes as AsyncIterable<Buffer>) chunks.push(chunk)
  const told = z.object({ format: z.literal(formatName), version: z.int().min(1) })
  let json: unknown
  try {
    json = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw refused('What should say what is in it (manifest.json) cannot be read.')
  }
  const version = told.safeParse(json)
  if (version.success && version.data.version > formatVersion)
    throw refused('This export was made by a newer version of Meanwhile: update this one first.')
  const manifest = Manifest.safeParse(json)
  if (!manifest.success) throw refused('What should say what is in it (manifest.json) is not that of an export of Meanwhile.')
  return manifest.data
}

/** @throws {StageFailure} when it is no export, of a newer version, or its lists are damaged */
export async function openExport(reader: PartReader, signal: AbortSignal): Promise<OpenExport> {
  // What the storage could not do is no fault of the file.
  const blame = (error: unknown) =>
    signal.aborted || error instanceof StageFailure ? error : (reader.failure ?? refused(sentenceOf(error)))
  const options = { lazyEntries: true, autoClose: false, strictFileNames: true }
  const zip = await yauzl.fromRandomAccessReaderPromise(reader, reader.sizeBytes, options).catch((error) => {
    throw blame(error)
  })
  try {
    const entries = await readEntries(zip, reader.sizeBytes)
    const listed = entries.get(filePaths.manifest)
    if (!listed) throw refused('There is no manifest.json in it: this is no export of Meanwhile.')
    if (listed.uncompressedSize > mostManifestBytes) throw refused('Its manifest.json is too large.')
    const manifest = await readManifest(await zip.openReadStreamPromise(listed))
    const files = new Map(manifest.files.map((file) => [file.path, file]))
    if (files.size < manifest.files.length) throw refused('Its manifest.json names a file twice.')

    async function* bytesOf(path: string): AsyncGenerator<Buffer> {
      const [entry, told] = [entries.get(path), files.get(path)]
      if (!entry || !told) throw refused(`${path} is missing in the export`)
      if (entry.uncompressedSize !== told.sizeBytes) throw refused(`${path} is damaged in the export`)
      const hash = createHash('sha256')
      let sizeBytes = 0
      try {
        for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
          hash.update(chunk)
          sizeBytes += chunk.length
          yield chunk
        }
      } catch {
        throw reader.failure ?? refused(`${path} is damaged in the export`)
      }
      if (sizeBytes !== told.sizeBytes || hash.digest('hex') !== told.sha256) throw refused(`${path} is damaged in the export`)
    }
    const opened: OpenExport = {
      manifest,
      sizeOf: (path) => files.get(path)?.sizeBytes ?? 0,
      bytesOf,
      async extract(path, file, until) {
        const { compressedSize = 0, uncompressedSize = 0 } = entries.get(path) ?? {}
        if (uncompressedSize > always + mostMediaRatio * compressedSize) throw refused(`${path} in the export is no recording`)
        await pipeline(bytesOf(path), createWriteStream(file, { mode: 0o600 }), { signal: until })
      },
      close: () => zip.close(),
    }
    // Before anything is made of it: what the lists say is what was written into them.
    const lists = Object.values(filePaths).filter((path) => path !== filePaths.manifest)
    if (lists.reduce((sum, path) => sum + opened.sizeOf(path), 0) > mostListBytes) throw refused('Its lists are too large.')
    for (const path of lists) for await (const _ of bytesOf(path)) signal.throwIfAborted()
    return opened
  } catch (error) {
    zip.close()
    throw blame(error)
  }
}
