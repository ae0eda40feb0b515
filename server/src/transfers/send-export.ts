import { Readable } from 'node:stream'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { bytesOfParts } from '@meanwhile/shared/platform/parts-of-file'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { asc, eq } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { byteRange } from '../media/byte-range.ts'
import { contentDisposition } from '../media/content-disposition.ts'

const { transferParts } = schema
/** Sends a file that is stored in parts, or a range of it, so that a download which was cut off goes on where it was. */
export async function sendParts(
  request: FastifyRequest,
  reply: FastifyReply,
  { db, storage }: { db: Db; storage: Storage },
  { id, name }: { id: string; name: string },
): Promise<FastifyReply> {
  const parts = await db
    .select({ key: transferParts.key, sizeBytes: transferParts.sizeBytes })
    .from(transferParts)
    .where(eq(transferParts.transferId, id))
    .orderBy(asc(transferParts.number))
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0)
  if (sizeBytes === 0) throw new ProblemError('not-found')
  const etag = `"${id}"`
  reply.headers({
    'accept-ranges': 'bytes',
    etag,
    'cache-control': 'private, no-store',
    'content-type': 'application/zip',
    'content-disposition': contentDisposition(name),
  })
  const ifRange = request.headers['if-range']
  const asked = ifRange === undefined || ifRange === etag ? byteRange(request.headers.range, sizeBytes) : null
  if (asked === 'unsatisfiable') {
    reply.header('content-range', `bytes */${sizeBytes}`)
    throw new ProblemError('range-not-satisfiable')
  }
  const range = asked ?? { start: 0, end: sizeBytes - 1 }
  if (asked) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${sizeBytes}`)
  reply.header('content-length', range.end - range.start + 1)
  const body = request.method === 'HEAD' ? [] : bytesOfParts(storage, parts, range)
  return reply.send(Readable.from(body, { objectMode: false }))
}
