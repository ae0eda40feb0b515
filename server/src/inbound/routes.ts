import { createHash, timingSafeEqual } from 'node:crypto'
import { takeInboundMail } from '@meanwhile/shared/contract/inbound-mails'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { mailSiteOf } from '@meanwhile/shared/platform/mail-site'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { takeMail } from './take-mail.ts'

const mostBytes = 10 * 1024 * 1024
const hash = (text: string) => createHash('sha256').update(text).digest()

export const inboundRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addContentTypeParser(
    ['message/rfc822', 'application/octet-stream'],
    { parseAs: 'buffer', bodyLimit: mostBytes },
    (_request, body, done) => done(null, body),
  )

  app.route({
    ...takeInboundMail,
    bodyLimit: mostBytes,
    config: { rateLimit: { max: 300, timeWindow: '1 minute' } },
    // Before ten megabytes are read.
    onRequest: async (request) => {
      const secret = app.env.INBOUND_SECRET
      const said = request.headers['meanwhile-inbound-secret']
      if (!secret || typeof said !== 'string' || !timingSafeEqual(hash(said), hash(secret))) throw new ProblemError('not-found')
    },
    handler: (request) => {
      const body: unknown = request.body
      if (!Buffer.isBuffer(body)) throw new ProblemError('unsupported-media-type')
      return takeMail(app.db, mailSiteOf(app.env), body, { to: request.query.to, authservId: app.env.INBOUND_AUTHSERV_ID })
    },
  })
}
