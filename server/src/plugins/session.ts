import { invitationHeader } from '@meanwhile/shared/contract/invitation-header'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { shareHeader } from '@meanwhile/shared/contract/share-header'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { networkOf } from '../auth/network-of.ts'
import { meantBy, whoAsks } from '../auth/who-asks.ts'
import { findCandidate } from '../candidates/find-candidate.ts'
import type { Candidate, SignedIn } from '../session.ts'
import { noteUse } from '../sessions/queries.ts'
import { findGuest } from '../share-links/guests.ts'
import { bearerOf } from '../tokens/bearer.ts'
import { requireScope } from '../tokens/scope.ts'

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

  /** Those who guess tokens are told to wait. */
  let countGuess: ReturnType<typeof app.createRateLimit> | undefined
  async function noteGuess(request: FastifyRequest) {
    countGuess ??= app.createRateLimit({ max: 60, timeWindow: '1 minute', keyGenerator: ({ ip }) => networkOf(ip) })
    const guess = await countGuess(request)
    if (!guess.isAllowed && guess.isExceeded) throw new ProblemError('too-many-requests')
  }

  async function candidateOf(request: FastifyRequest): Promise<Candidate | ProblemError | null> {
    const token = request.headers[invitationHeader]
    if (typeof token !== 'string') return null
    const { personId: meant } = meantBy(request)
    // What a person sends from such a page in their own name is no candidate's.
    if (meant && meant === request.person?.id) return null
    const found = await findCandidate(app, token)
    if (!found) {
      await noteGuess(request)
      return new ProblemError('not-found')
    }
    // A tab that sends what one person recorded may be at the link of another by now.
    return found instanceof ProblemError || !meant || meant === found.id ? found : new ProblemError('signed-out')
  }

  /** A request with a token has no session and is nobody's guest; its route says which scope it needs. */
  async function byToken(request: FastifyRequest, reply: FastifyReply) {
    delete request.headers.cookie
    try {
      const { person, viewer, scopes = [] } = await whoAsks(app, request)
      if (!request.is404) requireScope(request, scopes)
      request.person = person
      request.viewer = viewer
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'token-invalid') throw error
      await noteGuess(request)
      reply.header('www-authenticate', 'Bearer error="invalid_token"')
      throw error
    }
  }
  app.addHook('onSend', async (request, reply) => {
    if (bearerOf(request) !== undefined) reply.removeHeader('set-cookie')
  })

  app.decorate('findGuestOf', guestOf)
  app
    .decorateRequest('person', null)
    .decorateRequest('viewer', null)
    .decorateRequest('guest', null)
    .decorateRequest('candidate', null)
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return
    if (bearerOf(request) !== undefined) return byToken(request, reply)
    if (request.headers.cookie) {
      const { person, viewer } = await whoAsks(app, request)
      request.person = person
      request.viewer = viewer
      if (person) await note(person, request.ip)
    }
    request.guest = await guestOf(request)
    request.candidate = await candidateOf(request)
  })
})
