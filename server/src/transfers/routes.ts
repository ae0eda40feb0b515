import { createExport, deleteTransfer, listTransfers } from '@meanwhile/shared/contract/transfers'
import { schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { expiryAt, mediaToken, requireMediaToken } from '../media/token.ts'
import { requireOwner } from '../session.ts'
import { requireMadeExport } from './access.ts'
import { addTransfer, endTransfer, recordDownload, shownTransfer, transfersOf } from './queries.ts'
import { sendParts } from './send-export.ts'

/** Large files take their time, and go on where they were cut off. */
const windowMs = 60 * 60_000

/** What the token of an export is for; never the same as that of a video. */
const subjectOf = (transferId: string) => `export:${transferId}`

const FileParams = z.object({ token: z.string().max(100), transferId: z.uuid() })

/** Whole workspaces that go out or come in: a matter of their owners. */
export const transferRoutes: FastifyPluginAsyncZod = async (app) => {
  const secret = app.env.MEDIA_SECRET
  const urlOf = (id: string) => `/media/${mediaToken(secret, subjectOf(id), expiryAt(Date.now(), windowMs))}/export/${id}`

  app.route({
    ...listTransfers,
    handler: async (request) => (await transfersOf(app.db, requireOwner(request))).map((row) => shownTransfer(row, urlOf)),
  })

  app.route({
    ...createExport,
    config: { rateLimit: { max: 20, timeWindow: '1 hour' } },
    handler: async (request, reply) => {
      const actor = requireOwner(request)
      const draft = { kind: 'export', state: 'waiting', requestId: request.id } as const
      return reply.code(201).send(shownTransfer(await addTransfer(app.db, { actor, from: request.ip }, draft), urlOf))
    },
  })

  app.route({
    ...deleteTransfer,
    handler: async (request, reply) => {
      const actor = requireOwner(request)
      await endTransfer(app.db, { actor, from: request.ip }, request.params.transferId)
      return reply.code(204).send(null)
    },
  })

  app.get('/media/:token/export/:transferId', { schema: { hide: true, params: FileParams } }, async (request, reply) => {
    const { token, transferId } = request.params
    requireMediaToken(secret, subjectOf(transferId), token)
    const transfer = await requireMadeExport(app.db, transferId)
    const [workspace] = await app.db
      .select({ name: schema.workspaces.name })
      .from(schema.workspaces)
      .where(eq(schema.workspaces.id, transfer.workspaceId))
    // A download that goes on where it was cut off is the same one.
    if (request.method === 'GET' && /^(bytes=0-)?$/.test(request.headers.range ?? ''))
      await recordDownload(app.db, transfer, request.ip)
    const day = transfer.createdAt.toISOString().slice(0, 10)
    return sendParts(request, reply, app, { id: transfer.id, name: `${workspace?.name ?? 'Workspace'} ${day}.zip` })
  })
}
