import { type ProblemCode, ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Auth } from './auth.ts'

const codes: Record<string, ProblemCode> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrong-credentials',
  USER_ALREADY_EXISTS: 'account-exists',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'account-exists',
}

/** The headers that better-auth may read: the session's cookie, and what the session's row says about the client. */
export function authHeaders(request: FastifyRequest): Headers {
  const headers = new Headers({ 'content-type': 'application/json', 'x-client-ip': request.ip })
  for (const name of ['cookie', 'user-agent'] as const) if (request.headers[name]) headers.set(name, request.headers[name])
  return headers
}

/**
 * Hands a request to better-auth and its cookies to the reply. Resolves to the answer's body.
 * @param sent what better-auth is to know of the request's
 * @throws {ProblemError} for every answer that is not a success
 */
export async function relay(
  auth: Auth,
  request: FastifyRequest,
  reply: FastifyReply,
  sent: unknown = request.body ?? {},
): Promise<unknown> {
  const url = new URL(request.routeOptions.url ?? '', auth.options.baseURL)
  const answer = await auth.handler(
    new Request(url, { method: 'POST', headers: authHeaders(request), body: JSON.stringify(sent) }),
  )
  const body: unknown = await answer.json()
  if (!answer.ok) throw problemFrom(answer.status, body)
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
  return body
}

function problemFrom(status: number, body: unknown): Error {
  const { code = '', message = '' } = body as { code?: string; message?: string }
  const known = codes[code]
  if (known) return new ProblemError(known)
  return status < 500 ? new ProblemError('invalid-request', message) : new Error(`better-auth answered ${status} ${code}`)
}
