import type { SignInAnswer } from '@meanwhile/shared/contract/auth'
import type { Db } from '@meanwhile/shared/db/client'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Auth } from './auth.ts'
import { authHeaders } from './relay.ts'
import { beginSession } from './sign-in.ts'

/** Signs in somebody who has proved who they are in another way than by a password. */
export async function enter(
  { auth, db }: { auth: Auth; db: Db },
  request: FastifyRequest,
  reply: FastifyReply,
  userId: string,
): Promise<SignInAnswer> {
  const { headers, response } = await auth.api.openSession({
    body: { userId },
    headers: authHeaders(request),
    returnHeaders: true,
  })
  await beginSession(db, response, request.ip)
  for (const cookie of headers.getSetCookie()) reply.header('set-cookie', cookie)
  return { user: response.user }
}
