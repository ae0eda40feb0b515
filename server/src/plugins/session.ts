import { ProblemError } from '@meanwhile/shared/contract/problem'
import { shareHeader } from '@meanwhile/shared/contract/share-header'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { meantBy, whoAsks } from '../auth/who-asks.ts'
import type { SignedIn } from '../session.ts'
import { noteUse } from '../sessions/queries.ts'
import { findGuest } from '../share-links/guests.ts'

/** A session says when it was used last, no more exactly than this, in ms. */
const noteEveryMs = 5 * 60_000
/** Forgetting all of them costs one more write each. */
const mostNoted = 10_000

/** Says who makes a request to the API. Media is authorised by its path alone and never looks at a session. */
export const sessionPlugin = fp(async (app) => {
  const notedAt = new Map<string, number>()
  async function note({ sessionId }: SignedIn, ip: string) {
    if (Date.now() - (notedAt.get(sessionId) ?? 0) < noteEveryMs) return
    if (notedAt.size >= mostNoted) notedAt.clear()
    notedAt.set(sessionId, Date.now())
    await noteUse(app.db, sessionId, ip)
  }

  async function guestOf(request: FastifyRequest) {
    const { personId: meant } = meantBy(request)
    // What a person sends from such a page in their own name is no guest's.
    if (meant && meant === request.person?.id) return null
    const { share = request.headers[shareHeader] } = request.query as { share?: unknown }
    if (typeof share !== 'string') return null
    const guest = await findGuest(app, share, request.headers.cookie)
    // A tab that sends what one person made may have outlived their stay in a browser where another came.
    return guest instanceof ProblemError || !meant || meant === guest.id ? guest : new ProblemError('signed-out')
  }

  app.decorate('findGuestOf', guestOf)
  app.decorateRequest('person', null).decorateRequest('viewer', null).decorateRequest('guest', null)
  app.addHook('onRequest', async (request) => {
    if (!request.url.startsWith('/api/')) return
    if (request.headers.cookie) {
      const { person, viewer } = await whoAsks(app, request)
      request.person = person
      request.viewer = viewer
      if (person) await note(person, request.ip)
    }
    request.guest = await guestOf(request)
  })
})
