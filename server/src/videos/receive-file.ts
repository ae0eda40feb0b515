import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import { type ProblemCode, ProblemError } from '@meanwhile/shared/contract/problem'
import type { ByteSource } from '@meanwhile/shared/media/boxes'
import type { FastifyRequest } from 'fastify'
import type * as z from 'zod'

/** A segment of 2 s at 100 Mbit/s has 25 MB. */
const maxBytes = 32 * 1024 * 1024

/** What the text fields beside the part `file` must be, and what is said of a file that is too large. */
export type Form<T extends z.ZodType<{ sha256: string }>> = { fields: T; tooLarge: ProblemCode }

/** A file on its way: its bytes lie in `file`, whose SHA-256 has been compared with the one that came along. */
export type Received<T> = { file: string; sizeBytes: number; sha256: string; fields: T }

/** The reader of forms tells what is wrong with one, or that it broke off, by errors without a code; the disk's have one. */
const isMalformed = (error: unknown) => error instanceof Error && !(error instanceof ProblemError) && !('code' in error)

const isTooLarge = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'FST_REQ_FILE_TOO_LARGE'

/** Writes the part to a file while it hashes it: the bytes are never held whole. */
async function receiveFile(part: MultipartFile, file: string) {
  const hash = createHash('sha256')
  let sizeBytes = 0
  await pipeline(
    part.file,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        sizeBytes += chunk.length
        yield chunk
      }
    },
    createWriteStream(file, { flags: 'wx' }),
  )
  return { sizeBytes, sha256: hash.digest('hex'), isCutOff: part.file.truncated }
}

async function receiveParts<T extends z.ZodType<{ sha256: string }>>(
  request: FastifyRequest,
  file: string,
  form: Form<T>,
): Promise<Received<z.output<T>>> {
  const tooLarge = () => new ProblemError(form.tooLarge, `It may have at most ${maxBytes} bytes.`)
  let received: { sizeBytes: number; sha256: string } | undefined
  const texts: Record<string, unknown> = {}
  const limits = { fileSize: maxBytes, files: 1, fields: 8, parts: 9, fieldSize: 1024 }
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') texts[part.fieldname] = part.value
      else if (part.fieldname === 'file') {
        const { isCutOff, ...facts } = await receiveFile(part, file)
        if (isCutOff) throw tooLarge()
        received = facts
      } else part.file.resume()
    }
  } catch (error) {
    if (isMalformed(error)) throw new ProblemError('invalid-request', 'The form cannot be read.')
    throw isTooLarge(error) ? tooLarge() : error
  }
  if (!received)
    throw new ProblemError('invalid-request', 'The part "file" is missing.', {
      errors: [{ field: 'file', message: 'is missing' }],
    })
  const fields = form.fields.safeParse(texts)
  if (!fields.success) {
    const errors = fields.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))
    throw new ProblemError('invalid-request', undefined, { errors })
  }
  if (fields.data.sha256 !== received.sha256) throw new ProblemError('checksum-mismatch')
  return { file, ...received, fields: fields.data }
}

/**
 * Receives a multipart body into `incomingDir`, hands it to `store`, and leaves no file behind, whatever happens.
 * @throws {ProblemError} the form's `tooLarge`, `invalid-request`, `checksum-mismatch`
 */
export async function withReceivedFile<T extends z.ZodType<{ sha256: string }>, R>(
  request: FastifyRequest,
  incomingDir: string,
  form: Form<T>,
  store: (received: Received<z.output<T>>) => Promise<R>,
): Promise<R> {
  const file = join(incomingDir, randomUUID())
  try {
    return await store(await receiveParts(request, file, form))
  } finally {
    await rm(file, { force: true })
  }
}

/** Reads a local file by position, for the box reader. */
export async function withFileSource<T>(file: string, sizeBytes: number, use: (source: ByteSource) => Promise<T>): Promise<T> {
  const handle = await open(file, 'r')
  try {
    return await use({
      sizeBytes,
      async read(offset, length) {
        const bytes = new Uint8Array(length)
        const { bytesRead } = await handle.read(bytes, 0, length, offset)
        return bytes.subarray(0, bytesRead)
      },
    })
  } finally {
    await handle.close()
  }
}
