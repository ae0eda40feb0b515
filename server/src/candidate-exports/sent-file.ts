import { Problem } from '@meanwhile/shared/contract/problem'
import type { FastifyReply } from 'fastify'
import * as z from 'zod'
import { contentDisposition } from '../media/content-disposition.ts'

/** It is streamed: what goes out are bytes, what is sent is where they come from. */
const bytes = z.any().meta({ type: 'string', format: 'binary' })
/** The `response` of a route that sends a file. */
export const answerOf = (type: string) => ({ 200: { content: { [type]: { schema: bytes } } }, '4xx': Problem })

/** A name that no file system minds, and that leads nowhere else. */
export const fileName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 80) || 'Candidate'

/** Says that a file follows, under that name, which nobody is to keep on the way. */
export const asFile = (reply: FastifyReply, type: string, name: string): FastifyReply =>
  reply.headers({ 'content-type': type, 'content-disposition': contentDisposition(name), 'cache-control': 'no-store' })
