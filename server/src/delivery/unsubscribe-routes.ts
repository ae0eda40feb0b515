import type { DeliveryMailKind } from '@meanwhile/shared/contract/delivery'
import { readUnsubscribe } from '@meanwhile/shared/platform/mail-site'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { turnOff } from './queries.ts'

const names: Record<DeliveryMailKind, string> = {
  digest: 'mail with what is new',
  reminder: 'reminders of check-ins',
  urgent: 'mail about what cannot wait',
}

const page = (title: string, rest: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title} · Meanwhile</title></head><body><main><h1>${title}</h1>${rest}</main></body></html>`

const send = (reply: FastifyReply, status: number, html: string) =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    // The link stays with us; without any a browser says of its own button that it comes from nowhere, and is refused.
    .header('referrer-policy', 'same-origin')
    .type('text/html; charset=utf-8')
    .send(html)

const gone = page('This link does not work', '<p>Turn mail off in the settings of your account.</p>')

/**
 * One click to turn off a kind of mail (RFC 8058): the POST alone does it, with the token and nothing else; whoever only looks, as mail
 * scanners do, gets a button. It needs no session, and a mail program says of no site that it comes from there.
 */
export async function unsubscribeRoutes(app: FastifyInstance): Promise<void> {
  app.addContentTypeParser('application/x-www-form-urlencoded', { bodyLimit: 10_000 }, (_request, payload, done) => {
    payload.resume()
    payload.on('end', () => done(null, null))
    payload.on('error', done)
  })
  const known = (request: { params: unknown }) =>
    readUnsubscribe(app.env.AUTH_SECRET, String((request.params as { token: string }).token))

  app.get('/unsubscribe/:token', { schema: { hide: true } }, async (request, reply) => {
    const found = known(request)
    if (!found) return send(reply, 404, gone)
    return send(
      reply,
      200,
      page(
        `No more ${names[found.kind]}?`,
        '<p>Everything stays where it is in the app.</p><form method="post"><button>Turn it off</button></form>',
      ),
    )
  })

  app.post('/unsubscribe/:token', { schema: { hide: true } }, async (request, reply) => {
    const found = known(request)
    if (!found) return send(reply, 404, gone)
    await turnOff(app.db, found.userId, found.kind)
    return send(
      reply,
      200,
      page(
        'It is turned off',
        `<p>You get no more ${names[found.kind]}. <a href="/settings#delivery">Change it in the settings</a></p>`,
      ),
    )
  })
}
