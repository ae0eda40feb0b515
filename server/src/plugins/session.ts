import { ProblemError } from '@meanwhile/shared/contract/problem'
import { shareHeader } from '@meanwhile/shared/contract/share-header'
import { viewerHeader } from '@meanwhile/shared/contract/viewer-header'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { authHeaders } from '../auth/relay.ts'
import { findViewer } from '../people/queries.ts'
import { findGuest } from '../share-links/guests.ts'

/** Says who makes a request to the API. Media is authorised by its path alone and never looks at a session. */
export const sessionPlugin = fp(async (app) => {
  /** A tab that sends what one person made may have outlived their session in a browser where another came. */
  const isMeant = ({ headers }: FastifyRequest, id: string) => (headers[viewerHeader] ?? id) === id

  async function viewerOf(request: FastifyRequest) {
    if (!request.headers.cookie) return null
    // Only an answer that carries the cookie may prolong the session: else its row lives on, and the cookie dies.
    const session = await app.auth.api.getSession({ headers: authHeaders(request), query: { disableRefresh: true } })
    if (!session || !isMeant(request, session.user.id)) return null
    return (await findViewer(app.db, session.user.id)) ?? null
  }

  async function guestOf(request: FastifyRequest) {
    const { share = request.headers[shareHeader] } = request.query as { share?: unknown }
    if (typeof share !== 'string') return null
    const guest = await findGuest(app, share, request.headers.cookie)
    return guest instanceof ProblemError || isMeant(request, guest.id) ? guest : new ProblemError('signed-out')
  }

  app.decorate('findGuestOf', guestOf)
  app.decorateRequest('viewer', null)
  app.decorateRequest('guest', null)
  app.addHook('onRequest', async (request) => {
    if (!request.url.startsWith('/api/')) return
    request.viewer = await viewerOf(request)
    request.guest = await guestOf(request)
  })
})
