import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { SegmentFields } from '@meanwhile/shared/contract/videos'
import type { ByteSource } from '@meanwhile/shared/media/boxes'
import type { FastifyRequest } from 'fastify'

/** 2 s at 100 Mbit/s is 25 MB. */
export const maxSegmentBytes = 32 * 1024 * 1024

/** A segment on its way: its bytes lie in `file`, whose SHA-256 has been compared with the one that came along. */
export type ReceivedSegment = { file: string; sizeBytes: number; sha256: string; fields: SegmentFields }

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
  if (part.file.truncated) throw new ProblemError('segment-too-large', `A segment has at most ${maxSegmentBytes} bytes.`)
  return { sizeBytes, sha256: hash.digest('hex') }
}

async function receiveParts(request: FastifyRequest, file: string): Promise<ReceivedSegment> {
  let received: { sizeBytes: number; sha256: string } | undefined
  const texts: Record<string, unknown> = {}
  for await (const part of request.parts({
    limits: { fileSize: maxSegmentBytes, files: 1, fields: 8, parts: 9, fieldSize: 1024 },
  })) {
    if (part.type === 'field') texts[part.fieldname] = part.value
    else if (part.fieldname === 'file') received = await receiveFile(part, file)
    else part.file.resume()
  }
  if (!received)
    throw new ProblemError('invalid-request', 'The part "file" is missing.', {
      errors: [{ field: 'file', message: 'is missing' }],
    })
  const fields = SegmentFields.safeParse(texts)
  if (!fields.success) {
    const errors = fields.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))
    throw new ProblemError('invalid-request', undefined, { errors })
  }
  if (fields.data.sha256 !== received.sha256) throw new ProblemError('checksum-mismatch')
  return { file, ...received, fields: fields.data }
}

/**
 * Receives the multipart body of a segment into `incomingDir`, hands it to `store`, and leaves no file behind, whatever happens.
 * @throws {ProblemError} `segment-too-large`, `invalid-request`, `checksum-mismatch`
 */
export async function withReceivedSegment<T>(
  request: FastifyRequest,
  incomingDir: string,
  store: (segment: ReceivedSegment) => Promise<T>,
): Promise<T> {
  const file = join(incomingDir, randomUUID())
  try {
    return await store(await receiveParts(request, file))
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
