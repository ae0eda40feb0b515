import { Readable } from 'node:stream'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { ObjectNotFoundError, type Storage } from '@meanwhile/shared/platform/storage'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { byteRange } from './byte-range.ts'

const types: Record<string, string> = {
  m4s: 'video/mp4',
  mp4: 'video/mp4',
  m4a: 'audio/mp4',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  vtt: 'text/vtt; charset=utf-8',
  json: 'application/json',
}

/** Whether a client has what it asks for (RFC 9110 §13.1.2): it names one or several, weakly perhaps, or says that any will do. */
const isKnown = (known: string | undefined, etag: string) =>
  known?.split(',').some((each) => ['*', etag].includes(each.trim().replace(/^W\//, '')))

/**
 * Sends an object or a range of it (RFC 9110 §14), streamed. Objects never change, so the key is the validator.
 * @throws {ProblemError} `not-found`
 */
export async function sendObject(
  request: FastifyRequest,
  reply: FastifyReply,
  storage: Storage,
  key: string,
): Promise<FastifyReply> {
  const sizeBytes = await storage.size(key)
  if (sizeBytes === null) throw new ProblemError('not-found')
  const etag = `"${key}"`
  reply.headers({
    'accept-ranges': 'bytes',
    etag,
    'content-type': types[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
  })
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()

  const ifRange = request.headers['if-range']
  const range = ifRange === undefined || ifRange === etag ? byteRange(request.headers.range, sizeBytes) : null
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${sizeBytes}`)
    throw new ProblemError('range-not-satisfiable')
  }
  if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${sizeBytes}`)
  reply.header('content-length', range ? range.end - range.start + 1 : sizeBytes)
  // Fastify takes the length that it tells of a stream from the header that is there.
  if (request.method === 'HEAD') return reply.send(Readable.from([]))
  try {
    return await reply.send(await storage.read(key, range ?? undefined))
  } catch (error) {
    throw error instanceof ObjectNotFoundError ? new ProblemError('not-found') : error
  }
}
