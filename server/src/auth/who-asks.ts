import type { TokenScope } from '@meanwhile/shared/contract/endpoint'
import { viewerHeader } from '@meanwhile/shared/contract/viewer-header'
import type { Db } from '@meanwhile/shared/db/client'
import type { FastifyRequest } from 'fastify'
import { findViewer } from '../people/queries.ts'
import type { SignedIn, Viewer } from '../session.ts'
import { bearerOf } from '../tokens/bearer.ts'
import { requireToken } from '../tokens/queries.ts'
import { type Auth, isAged } from './auth.ts'
import { authHeaders } from './relay.ts'

/** `scopes` are those of an API token, where the request came with one instead of a session. `isAged`: the session is to be prolonged. */
export type Asking = { person: SignedIn | null; viewer: Viewer | null; scopes?: TokenScope[]; isAged?: boolean }

/** Whom a request names as the person that it is for, and the workspace: see `viewerHeader`. */
export function meantBy({ headers }: FastifyRequest): { personId?: string | undefined; workspaceId?: string | undefined } {
  const [personId, workspaceId] = String(headers[viewerHeader] ?? '').split(' ')
  return { personId: personId || undefined, workspaceId }
}

/**
 * Whose token it is, in the workspace that it is for. Without the scope `admin` it makes a plain member of whoever it is.
 * @throws {ProblemError} `token-invalid`
 */
async function whoseToken(db: Db, bearer: string, request: FastifyRequest): Promise<Asking> {
  const token = await requireToken(db, bearer)
  const { personId, workspaceId = token.workspaceId } = meantBy(request)
  if (personId && personId !== token.userId) return { person: null, viewer: null, scopes: token.scopes }
  const isOther = workspaceId !== token.workspaceId
  const found = isOther ? undefined : await findViewer(db, token.userId, { sessionId: token.id, workspaceId })
  const viewer = found && !token.scopes.includes('admin') ? { ...found, role: 'member' as const } : found
  return {
    person: { id: token.userId, name: token.name, email: token.email, sessionId: token.id },
    viewer: viewer ?? null,
    scopes: token.scopes,
  }
}

/**
 * Who makes a request, and in which workspace: that of the session, or one that the request names and the person is a member of. A tab
 * that sends what one person recorded may have outlived their session in a browser where another signs in, and their stay in a workspace.
 */
export async function whoAsks({ auth, db }: { auth: Auth; db: Db }, request: FastifyRequest): Promise<Asking> {
  const bearer = bearerOf(request)
  if (bearer !== undefined) return whoseToken(db, bearer, request)
  // Only an answer that carries the cookie may prolong the session: else its row lives on, and the cookie dies.
  const found = await auth.api.getSession({ headers: authHeaders(request), query: { disableRefresh: true } })
  const { personId, workspaceId } = meantBy(request)
  if (!found || (personId && personId !== found.user.id)) return { person: null, viewer: null }
  const { id, name, email } = found.user
  const sessionId = found.session.id
  const viewer = await findViewer(db, id, { sessionId, workspaceId })
  return { person: { id, name, email, sessionId }, viewer: viewer ?? null, isAged: isAged(found.session) }
}
