import type { Problem } from '@meanwhile/shared/contract/problem'
import type { changePassword, endOtherSessions, endSession, listSessions } from '@meanwhile/shared/contract/sessions'
import { type Answer, call, problemIn } from '../api.ts'

/** Where this person is signed in. Changes throw ApiError. */
export class OwnSessions {
  all = $state.raw<Answer<typeof listSessions> | undefined>()
  problem = $state.raw<Problem | null>(null)

  async load(): Promise<void> {
    this.problem = null
    try {
      this.all = await call<typeof listSessions>('GET', '/api/me/sessions')
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  async end(sessionId: string): Promise<void> {
    await call<typeof endSession>('DELETE', '/api/me/sessions/:sessionId', { params: { sessionId } })
    this.all = this.all?.filter(({ id }) => id !== sessionId)
  }

  async endOthers(): Promise<void> {
    await call<typeof endOtherSessions>('DELETE', '/api/me/sessions')
    this.#onlyThis()
  }

  async changePassword(current: string, password: string): Promise<void> {
    await call<typeof changePassword>('PUT', '/api/me/password', { body: { current, password } })
    this.#onlyThis()
  }

  #onlyThis() {
    this.all = this.all?.filter(({ isCurrent }) => isCurrent)
  }
}
