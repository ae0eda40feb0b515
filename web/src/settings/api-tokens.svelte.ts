import type { createApiToken, listApiTokens, revokeApiToken } from '@meanwhile/shared/contract/api-tokens'
import type { TokenScope } from '@meanwhile/shared/contract/endpoint'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { type Answer, call, problemIn } from '../api.ts'

/** What somebody's programs act with in this workspace. Changes throw ApiError. */
export class ApiTokens {
  all = $state.raw<Answer<typeof listApiTokens> | undefined>()
  /** The one that was just made: the server never shows it again. */
  made = $state.raw<Answer<typeof createApiToken> | null>(null)
  problem = $state.raw<Problem | null>(null)

  async load(): Promise<void> {
    this.problem = null
    try {
      this.all = await call<typeof listApiTokens>('GET', '/api/me/tokens')
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  async add(body: { name: string; scopes: TokenScope[]; expiresInDays: number | null; password: string }): Promise<void> {
    const { token, ...listed } = await call<typeof createApiToken>('POST', '/api/me/tokens', { body })
    this.made = { ...listed, token }
    this.all = [listed, ...(this.all ?? [])]
  }

  async revoke(tokenId: string): Promise<void> {
    await call<typeof revokeApiToken>('DELETE', '/api/me/tokens/:tokenId', { params: { tokenId } })
    this.all = this.all?.filter(({ id }) => id !== tokenId)
    if (this.made?.id === tokenId) this.made = null
  }
}
