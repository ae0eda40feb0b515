import { createHash } from 'node:crypto'
import { PassThrough, type Readable, Transform } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import yazl from 'yazl'

/** One file of a ZIP as it was written. */
export type ZippedFile = { path: string; sizeBytes: number; sha256: string }
export type ZipWriter = {
  /** Adds a file, read as it is needed; resolves when all of it is in. Media is stored as it is, text is compressed. */
  add(path: string, bytes: Readable, options?: { compress?: boolean }): Promise<ZippedFile>
  /** Writes the directory behind everything. */
  end(): void
  readonly output: Readable
}

/** A ZIP (with ZIP64 where it is needed) that is written while somebody reads `output`; nothing is held whole. */
export function createZip(mtime: Date): ZipWriter {
  const zip = new yazl.ZipFile()
  const output = new PassThrough()
  zip.on('error', (error: Error) => output.destroy(error))
  pipeline(zip.outputStream, output).catch((error) => output.destroy(error))
  // Who reads the output may give up: then nothing drains what is added any more.
  const abandoned = finished(output, { writable: false }).then(() => {
    throw new Error('the ZIP ended before its files did')
  })
  abandoned.catch(() => {})
  return {
    output,
    async add(path, bytes, { compress = false } = {}) {
      const hash = createHash('sha256')
      let sizeBytes = 0
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk)
          sizeBytes += chunk.length
          done(null, chunk)
        },
      })
      zip.addReadStream(counted, path, { mtime, mode: 0o100644, compress })
      const piped = pipeline(bytes, counted)
      // With it goes what it is read from, be it a file or a connection.
      await Promise.race([piped, abandoned]).finally(() => counted.writableFinished || counted.destroy())
      return { path, sizeBytes, sha256: hash.digest('hex') }
    },
    end: () => zip.end(),
  }
}
