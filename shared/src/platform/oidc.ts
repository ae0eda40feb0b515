import * as z from 'zod'

const local = /^(localhost|127\.0\.0\.1|\[::1\])$/
const Issuer = z.url().refine(
  (text) => {
    const { protocol, hostname } = new URL(text)
    return protocol === 'https:' || (protocol === 'http:' && local.test(hostname))
  },
  { error: 'must be a URL that starts with https://' },
)

/** The variables of sign-in with somebody else's accounts, for `Env`. */
export const oidcVariables = {
  OIDC_ISSUER: Issuer.optional().describe(
    'An OpenID Connect provider with which people sign in, such as https://accounts.example.org. Its redirect address is PUBLIC_URL/api/auth/oidc/callback.',
  ),
  OIDC_CLIENT_ID: z.string().min(1).optional().describe('What this site is called there; required with OIDC_ISSUER.'),
  OIDC_CLIENT_SECRET: z.string().min(1).optional().describe('Its secret there; required with OIDC_ISSUER.'),
  OIDC_NAME: z.string().min(1).max(40).default('single sign-on').describe('What people know the provider as.'),
}

const Variables = z.object(oidcVariables)
type Variables = z.infer<typeof Variables>

const together = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const

/** Half of a setting is an error. @returns which variable, and what is wrong with it */
export function oidcFaults(env: Variables): { name: keyof Variables; message: string }[] {
  const missing = together.filter((name) => !env[name])
  if (missing.length === 0 || missing.length === together.length) return []
  return together.filter((name) => env[name]).map((name) => ({ name, message: `needs ${missing.join(' and ')} too` }))
}

/** The provider that an operator chose. */
export type OidcProvider = { issuer: string; clientId: string; clientSecret: string; name: string }

/** Null: people have accounts of this site alone. */
export function oidcProviderOf(env: Variables): OidcProvider | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = env
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret, name } : null
}
