import { viewerHeader } from '@meanwhile/shared/contract/viewer-header'
import fp from 'fastify-plugin'
import { authHeaders } from '../auth/relay.ts'
import { findViewer } from '../people/queries.ts'

/** Says who makes a request to the API. Media is authorised by its path alone and never looks at a session. */
export const sessionPlugin = fp(async (app) => {
  app.decorateRequest('viewer', null)
  app.addHook('onRequest', async (request) => {
    if (!request.url.startsWith('/api/') || !request.headers.cookie) return
    // Only an answer that carries the cookie may prolong the session: else its row lives on, and the cookie dies.
    const session = await app.auth.api.getSession({ headers: authHeaders(request), query: { disableRefresh: true } })
    if (!session) return
    // A tab that sends what one person recorded may have outlived their session in a browser where another signs in.
    const { [viewerHeader]: meant = session.user.id } = request.headers
    if (meant === session.user.id) request.viewer = (await findViewer(app.db, session.user.id)) ?? null
  })
})
