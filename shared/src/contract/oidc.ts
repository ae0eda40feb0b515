import * as z from 'zod'
import { LaterPassword } from './auth.ts'
import { Empty, endpoint } from './endpoint.ts'

export const startOidc = endpoint({
  method: 'POST',
  url: '/api/auth/oidc',
  schema: {
    summary: 'Where to go to sign in with the account of a provider that the operator chose; signed in already: to connect it',
    tags: ['people'],
    body: z.object({
      invitation: z.string().max(100).optional(),
      next: z.string().max(2_000).default('/').describe('The path to be at afterwards'),
      password: LaterPassword,
    }),
    response: { 200: z.object({ url: z.url() }) },
  },
})

export const endOidc = endpoint({
  method: 'GET',
  url: '/api/auth/oidc/callback',
  schema: {
    summary: 'Where the provider sends people back to',
    tags: ['people'],
    querystring: z.looseObject({ state: z.string().max(200).default('') }),
    response: { 302: Empty },
  },
})

export const readOidc = endpoint({
  method: 'GET',
  url: '/api/me/oidc',
  access: 'session',
  schema: {
    summary: 'Whether who is signed in has an account of the provider connected; null: the operator chose none',
    tags: ['people'],
    response: { 200: z.object({ name: z.string(), isConnected: z.boolean() }).nullable() },
  },
})

export const disconnectOidc = endpoint({
  method: 'DELETE',
  url: '/api/me/oidc',
  schema: {
    summary: 'Disconnect the account of the provider; refused to who has neither a password nor a passkey',
    tags: ['people'],
    response: { 204: Empty },
  },
})
