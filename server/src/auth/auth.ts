import { type Db, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { openSessionPlugin } from './open-session.ts'

const day = 24 * 3600
/** In s. */
const lifetime = { expiresIn: 30 * day, updateAge: day }

/** Whether better-auth would prolong it, where it may. */
export const isAged = ({ expiresAt }: { expiresAt: Date }): boolean =>
  expiresAt.getTime() - (lifetime.expiresIn - lifetime.updateAge) * 1000 <= Date.now()

/**
 * better-auth on our own tables, over a connection or a transaction. Where a request comes from, and how often, is checked by our plugins for
 * every route alike, so its own checks are off.
 */
export function createAuth(db: Db, env: RunningEnv) {
  const { users: user, sessions: session, accounts: account, verifications: verification } = schema
  return betterAuth({
    baseURL: env.PUBLIC_URL,
    basePath: '/api/auth',
    secret: env.AUTH_SECRET,
    database: drizzleAdapter(db, { provider: 'pg', schema: { user, session, account, verification } }),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    session: lifetime,
    plugins: [openSessionPlugin],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    // It would print it, with all that was said; ours are told by our log.
    onAPIError: { throw: true },
    advanced: {
      database: { generateId: 'uuid' },
      cookiePrefix: 'meanwhile',
      useSecureCookies: env.PUBLIC_URL.startsWith('https:'),
      disableCSRFCheck: true,
      disableOriginCheck: true,
      ipAddress: { ipAddressHeaders: ['x-client-ip'] },
    },
  })
}
export type Auth = ReturnType<typeof createAuth>
