import type { Problem } from '@meanwhile/shared/contract/problem'
import type { Decision, decideCandidate, readReview, saveScorecard } from '@meanwhile/shared/contract/scorecards'
import { call, type Input, problemIn } from '../../api.ts'
import type { ShownReview } from './review-words.ts'

export type CardDraft = Omit<Input<typeof saveScorecard>['body'], 'submit'>

/** What was judged of one candidate, as far as this viewer sees it. */
export class Review {
  shown = $state.raw<ShownReview | undefined>()
  problem = $state.raw<Problem | null>(null)
  readonly #params: { candidateId: string }

  constructor(candidateId: string) {
    this.#params = { candidateId }
  }

  async load(): Promise<void> {
    try {
      const url = '/api/candidate-invitations/:candidateId/review'
      this.shown = await call<typeof readReview>('GET', url, { params: this.#params })
      this.problem = null
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  /** Throws ApiError. */
  async save(draft: CardDraft, submit: boolean): Promise<void> {
    const url = '/api/candidate-invitations/:candidateId/scorecard'
    this.shown = await call<typeof saveScorecard>('PUT', url, { params: this.#params, body: { ...draft, submit } })
  }

  /** Throws ApiError. */
  async decide(decision: Decision, reason: string): Promise<void> {
    const url = '/api/candidate-invitations/:candidateId/decision'
    this.shown = await call<typeof decideCandidate>('PUT', url, { params: this.#params, body: { decision, reason } })
  }
}
