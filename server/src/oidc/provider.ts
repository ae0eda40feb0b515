import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { type OidcProvider, oidcProviderOf } from '@meanwhile/shared/platform/oidc'
import * as client from 'openid-client'

const timeoutSeconds = 10

/** What is kept between the two halves of a sign-in. */
export type Started = { state: string; nonce: string; verifier: string }
/** Who somebody is to their provider. */
export type Claims = { subject: string; email: string | null; isVerified: boolean; name: string | null }

/** The operator's provider; it is asked about itself when it is first needed, and again when that failed. */
export function openProvider(env: RunningEnv) {
  const provider = oidcProviderOf(env)
  const redirectUri = `${env.PUBLIC_URL}/api/auth/oidc/callback`
  let known: Promise<client.Configuration> | undefined

  async function discover({ issuer, clientId, clientSecret }: OidcProvider) {
    const execute = issuer.startsWith('http:') ? [client.allowInsecureRequests] : []
    return client.discovery(new URL(issuer), clientId, clientSecret, undefined, { timeout: timeoutSeconds, execute })
  }
  async function configuration(): Promise<client.Configuration> {
    if (!provider) throw new ProblemError('not-found')
    known ??= discover(provider)
    try {
      return await known
    } catch {
      known = undefined
      throw new ProblemError('unavailable', `${provider.name} does not answer. Try again, or sign in another way.`)
    }
  }

  return {
    provider,
    /** Where to send somebody. @throws {ProblemError} `not-found`, `unavailable` */
    async start(): Promise<Started & { url: string }> {
      const config = await configuration()
      const started = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() }
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: started.state,
        nonce: started.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(started.verifier),
        code_challenge_method: 'S256',
      })
      return { ...started, url: url.href }
    },
    /** Who came back. @param query what the provider added to the address. @throws {ProblemError} `oidc-failed` */
    async finish({ state, nonce, verifier }: Started, query: Record<string, unknown>): Promise<Claims> {
      const config = await configuration()
      const url = new URL(redirectUri)
      for (const [name, value] of Object.entries(query)) if (typeof value === 'string') url.searchParams.set(name, value)
      try {
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
        const tokens = await client.authorizationCodeGrant(config, url, checks)
        const subject = tokens.claims()?.sub ?? ''
        const told = { ...tokens.claims(), ...(await client.fetchUserInfo(config, tokens.access_token, subject)) }
        const { email, email_verified: isVerified, name } = told
        const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
        return { subject, email: text(email)?.toLowerCase() ?? null, isVerified: isVerified === true, name: text(name) }
      } catch (cause) {
        throw Object.assign(new ProblemError('oidc-failed', 'Try again, or sign in another way.'), { cause })
      }
    },
  }
}
export type Provider = ReturnType<typeof openProvider>
