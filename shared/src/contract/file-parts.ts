import * as z from 'zod'
import { endpoint, MediaMs, plainText } from './endpoint.ts'
import { VideoParams } from './media-url.ts'
import { Sha256, Video } from './videos.ts'

export const maxFileParts = 10_000

export const FilePartParams = VideoParams.extend({ number: z.coerce.number().int().min(1).max(maxFileParts) })

/** The text fields that go with the part `file`. */
export const FilePartFields = z.object({ sha256: Sha256 })

export const StoredFilePart = z.object({ number: z.int(), sha256: z.string(), sizeBytes: z.int() }).meta({ id: 'StoredFilePart' })
export type StoredFilePart = z.infer<typeof StoredFilePart>

export const storeFilePart = endpoint({
  method: 'PUT',
  url: '/api/videos/:videoId/file/parts/:number',
  schema: {
    summary: 'Store one part of a file that is not cut into segments',
    description:
      'Parts are numbered from 1 and have at most 32 MiB. Multipart form: the part `file` and the text field `sha256` (hexadecimal). ' +
      'The same bytes again answer 200, other bytes 409, a wrong checksum 422. The answer comes after the bytes are durable.',
    tags: ['videos'],
    consumes: ['multipart/form-data'],
    params: FilePartParams,
    response: { 200: StoredFilePart, 201: StoredFilePart },
  },
})

export const FinishFile = z
  .object({
    parts: z.int().min(1).max(maxFileParts).describe('Number of the last part'),
    sizeBytes: z.int().min(1).describe('Of all parts together'),
    name: plainText(255).optional().describe('What the file was called; kept for people, never used as a path'),
    clockMs: MediaMs.optional().describe("Of a file that was recorded: length on the recorder's own clock, pauses left out"),
  })
  .meta({ id: 'FinishFile' })
export type FinishFile = z.infer<typeof FinishFile>

export const finishFile = endpoint({
  method: 'POST',
  url: '/api/videos/:videoId/file/finish',
  schema: {
    summary: 'Say that the file is complete; the worker cuts it into segments, then the update is published',
    tags: ['videos'],
    params: VideoParams,
    body: FinishFile,
    response: { 200: Video },
  },
})
