import type { TokenScope } from '@meanwhile/shared/contract/endpoint'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyRequest } from 'fastify'

/**
 * What a route needs stands in its description. One that names no token is closed to all of them.
 * @throws {ProblemError} `session-needed`, `token-scope`
 */
export function requireScope({ routeOptions }: FastifyRequest, scopes: TokenScope[]): void {
  const needed = routeOptions.schema?.security?.flatMap(({ token }) => token ?? []) ?? []
  const [scope] = needed as TokenScope[]
  if (scope === undefined) throw new ProblemError('session-needed', 'Sign in in a browser to do this.')
  if (!scopes.includes(scope)) throw new ProblemError('token-scope', `It needs the scope “${scope}”.`)
}
