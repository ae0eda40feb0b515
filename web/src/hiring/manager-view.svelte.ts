import type { ManagerPage, openManagerPage, readManagerPage, readManagerVideo } from '@meanwhile/shared/contract/manager-links'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { type Answer, call, problemIn, type Wire } from '../api.ts'

export type Shown = Wire<typeof ManagerPage>
export type ShownCandidate = Shown['candidates'][number]
export type ShownAnswer = ShownCandidate['answers'][number]

/** What a link shows to a hiring manager. */
export class ManagerView {
  page = $state.raw<Shown | null>(null)
  problem = $state.raw<Problem | null>(null)
  readonly #params: { token: string }

  constructor(token: string) {
    this.#params = { token }
  }

  /** Reads it, and says that somebody came. */
  async begin(): Promise<void> {
    await this.load()
    if (!this.page) return
    const told = call<typeof openManagerPage>('POST', '/api/manager-page/:token/opened', { params: this.#params })
    await told.catch(() => undefined)
  }

  async load(): Promise<void> {
    try {
      this.page = await call<typeof readManagerPage>('GET', '/api/manager-page/:token', { params: this.#params })
      this.problem = null
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  /** As it is played. @throws {ApiError} */
  video(videoId: string): Promise<Answer<typeof readManagerVideo>> {
    const params = { ...this.#params, videoId }
    return call<typeof readManagerVideo>('GET', '/api/manager-page/:token/videos/:videoId', { params })
  }
}
