import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import * as z from 'zod'

/** A plugin of ours: begins a session of better-auth for somebody who has proved who they are in a way of ours. No address leads to it. */
export const openSessionPlugin = {
  id: 'open-session',
  endpoints: {
    openSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ userId: z.uuid() }), requireHeaders: true },
      async (ctx) => {
        const { internalAdapter } = ctx.context
        const user = await internalAdapter.findUserById(ctx.body.userId)
        const session = user && (await internalAdapter.createSession(user.id))
        if (!session) throw new Error('there is no such account')
        await setSessionCookie(ctx, { session, user })
        return { token: session.token, user: { id: user.id, name: user.name, email: user.email } }
      },
    ),
  },
}
