import fp from 'fastify-plugin'
import { whoAsks } from '../auth/who-asks.ts'
import { noteUse } from '../sessions/queries.ts'

/** A session says when it was used last, no more exactly than this, in ms. */
const noteEveryMs = 5 * 60_000
/** Forgetting all of them costs one more write each. */
const mostNoted = 10_000

/** Says who makes a request to the API. Media is authorised by its path alone and never looks at a session. */
export const sessionPlugin = fp(async (app) => {
  app.decorateRequest('person', null).decorateRequest('viewer', null)
  const notedAt = new Map<string, number>()
  app.addHook('onRequest', async (request) => {
    if (!request.url.startsWith('/api/') || !request.headers.cookie) return
    const { person, viewer } = await whoAsks(app, request)
    request.person = person
    request.viewer = viewer
    if (!person || Date.now() - (notedAt.get(person.sessionId) ?? 0) < noteEveryMs) return
    if (notedAt.size >= mostNoted) notedAt.clear()
    notedAt.set(person.sessionId, Date.now())
    await noteUse(app.db, person.sessionId, request.ip)
  })
})
