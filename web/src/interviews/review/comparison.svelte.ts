import type { InterviewContent, InterviewQuestion, readInterview } from '@meanwhile/shared/contract/interviews'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type { compareCandidates, listPositionAnswers } from '@meanwhile/shared/contract/scorecards'
import { type Answer, call, problemIn } from '../../api.ts'

export type Compared = Answer<typeof compareCandidates>['items'][number]
export type GivenAnswer = Answer<typeof listPositionAnswers>['items'][number]

/** All who handed in beside each other, and their answers question by question. */
export class Comparison {
  candidates = $state.raw<Compared[] | undefined>()
  answers = $state.raw<GivenAnswer[]>([])
  questions = $state.raw<readonly InterviewQuestion[]>([])
  problem = $state.raw<Problem | null>(null)
  readonly #positionId: string

  constructor(positionId: string) {
    this.#positionId = positionId
  }

  async load(): Promise<void> {
    const params = { positionId: this.#positionId }
    try {
      const [compared, answers, interview] = await Promise.all([
        call<typeof compareCandidates>('GET', '/api/positions/:positionId/comparison', { params }),
        call<typeof listPositionAnswers>('GET', '/api/positions/:positionId/answers', { params }),
        call<typeof readInterview>('GET', '/api/positions/:positionId/interview', { params }),
      ])
      this.candidates = compared.items
      this.answers = answers.items
      // What is asked arrives whole.
      this.questions = (interview.content as InterviewContent).questions
      this.problem = null
    } catch (error) {
      this.problem = problemIn(error)
    }
  }
}

/** The reel of all answers to a question, in the order of handing in; null without any. */
export function reelOf(positionId: string, { id }: Pick<InterviewQuestion, 'id'>, answers: readonly GivenAnswer[]) {
  const count = answers.filter(({ questionId }) => questionId === id).length
  const query = new URLSearchParams({ from: 'question', position: positionId, question: id })
  return count === 0 ? null : { count, href: `/reel?${query}` }
}
