import type { Decision, readDecision, VoteChoice, vote } from '@meanwhile/shared/contract/decisions'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { call, problemIn, type Wire } from '../api.ts'

export type ShownDecision = Wire<typeof Decision>

/** A decision that people are asked for, as this viewer may know it. */
export class Round {
  /** Undefined until the first answer. */
  decision = $state.raw<ShownDecision | undefined>()
  problem = $state.raw<Problem | null>(null)
  #asked = 0
  readonly #decisionId: string

  constructor(decisionId: string) {
    this.#decisionId = decisionId
  }

  /** Reads it; of several readings the last counts. */
  async load(): Promise<void> {
    const turn = ++this.#asked
    try {
      const params = { decisionId: this.#decisionId }
      const decision = await call<typeof readDecision>('GET', '/api/decisions/:decisionId', { params })
      if (turn !== this.#asked) return
      this.decision = decision
      this.problem = null
    } catch (error) {
      if (turn === this.#asked) this.problem = problemIn(error)
    }
  }

  /** Null when it is counted, else why it is not. */
  async vote(choice: VoteChoice, reason: string): Promise<Problem | null> {
    try {
      const params = { decisionId: this.#decisionId }
      const body = { choice, reason }
      const decision = await call<typeof vote>('PUT', '/api/decisions/:decisionId/vote', { params, body })
      this.#asked++
      this.decision = decision
      return null
    } catch (error) {
      return problemIn(error)
    }
  }
}
