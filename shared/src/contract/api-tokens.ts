import * as z from 'zod'
import { LaterPassword } from './auth.ts'
import { Empty, endpoint, IsoDate, TokenScope } from './endpoint.ts'
import { Name } from './name.ts'

export const ApiToken = z
  .object({
    id: z.uuid(),
    name: z.string().meta({ example: 'Weekly report' }),
    prefix: z.string().meta({ example: 'mw_k3Zv0' }).describe('How it begins, to know it again'),
    scopes: z.array(TokenScope),
    createdAt: IsoDate,
    expiresAt: IsoDate.nullable(),
    usedAt: IsoDate.nullable().describe('The last request, to within a minute'),
  })
  .meta({ id: 'ApiToken' })
export type ApiToken = z.infer<typeof ApiToken>

const example = { name: 'Weekly report', scopes: ['read'], expiresInDays: 90 }

export const ApiTokenDraft = z
  .object({
    name: Name.describe('What it is for'),
    scopes: z.array(TokenScope).min(1).max(3),
    expiresInDays: z.int().min(1).max(366).nullable().describe('null for a token that works until it is revoked'),
  })
  .meta({ example })
export type ApiTokenDraft = z.infer<typeof ApiTokenDraft>

export const listApiTokens = endpoint({
  method: 'GET',
  url: '/api/me/tokens',
  access: 'session',
  schema: {
    summary: 'API tokens of this person for this workspace, newest first, without those that were revoked',
    tags: ['tokens'],
    response: { 200: z.array(ApiToken) },
  },
})

export const createApiToken = endpoint({
  method: 'POST',
  url: '/api/me/tokens',
  access: 'session',
  schema: {
    summary: 'Create a token with which a program does what this person may in this workspace; it is shown this once',
    tags: ['tokens'],
    body: ApiTokenDraft.extend({ password: LaterPassword }).meta({ example }),
    response: { 201: ApiToken.extend({ token: z.string().describe('Sent as `Authorization: Bearer …`') }) },
  },
})

export const revokeApiToken = endpoint({
  method: 'DELETE',
  url: '/api/me/tokens/:tokenId',
  access: 'session',
  schema: {
    summary: 'Revoke a token; it stops working at once',
    tags: ['tokens'],
    params: z.object({ tokenId: z.uuid() }),
    response: { 204: Empty },
  },
})
