import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll } from 'vitest'

/**
 * A real OpenID Connect provider for a test file. Whoever it knows signs in on its development pages with their key in `people` as the
 * login and any password. `serve` says which site its people come back to.
 */
export async function startOidcProvider(people: Record<string, object>) {
  const http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  afterAll(() => {
    http.closeAllConnections()
    return new Promise<void>((resolve) => http.close(() => resolve()))
  })
  return {
    variables: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'meanwhile', OIDC_CLIENT_SECRET: 'shh', OIDC_NAME: 'Example' },
    issuer,
    serve(publicUrl: string) {
      const redirect = `${publicUrl}/api/auth/oidc/callback`
      const provider = new Provider(issuer, {
        clients: [{ client_id: 'meanwhile', client_secret: 'shh', redirect_uris: [redirect] }],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
        findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people[id] }) }),
        features: { devInteractions: { enabled: true } },
        cookies: { keys: ['test'] },
      })
      http.on('request', provider.callback())
    },
  }
}
