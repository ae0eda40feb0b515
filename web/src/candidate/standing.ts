import type { CandidatePage } from '@meanwhile/shared/contract/candidate'
import type { AnswerWay, InterviewContent } from '@meanwhile/shared/contract/interviews'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type { Wire } from '../api.ts'

export type Shown = Wire<typeof CandidatePage>
export type Question = InterviewContent['questions'][number]
export type Take = Shown['takes'][number]

/** What is asked: in what the server answers nothing is left out. */
export const questionsOf = ({ content }: Pick<Shown, 'content'>): Question[] => (content?.questions ?? []) as Question[]

/**
 * Where a candidate is. welcome: nothing is agreed to; answering; handed-in: by them; lapsed: the deadline handed in what there was; expired:
 * it came without an answer; closed: nobody is waited for; revoked: by the team.
 */
export type Standing = 'welcome' | 'answering' | 'handed-in' | 'lapsed' | 'expired' | 'closed' | 'revoked'

export function standingOf(page: Pick<Shown, 'state' | 'submittedAt' | 'isClosed' | 'consentedAt' | 'reopened'>): Standing {
  if (page.state === 'revoked') return 'revoked'
  if (page.reopened) return 'answering'
  if (page.submittedAt) return 'handed-in'
  if (page.state === 'submitted') return 'lapsed'
  if (page.isClosed) return 'closed'
  if (page.state === 'expired') return 'expired'
  return page.consentedAt ? 'answering' : 'welcome'
}

/** What is answered here: all of it, or after handing in the one question that was opened again, apart from what the team has. */
export function openPart(page: Shown): Shown {
  const { reopened, content } = page
  if (!reopened || !content) return page
  const questions = content.questions.filter(({ id }) => id === reopened.questionId)
  const takes = page.takes.filter(({ questionId, isHandedIn }) => questionId === reopened.questionId && !isHandedIn)
  return { ...page, deadlineAt: reopened.until, content: { ...content, questions }, takes }
}

/** Why a link shows nothing: it never was one, nothing is kept for it any more; null for what may pass. */
export function ending(problem: Pick<Problem, 'type'> | null): 'unknown' | 'gone' | null {
  if (problem?.type === '/problems/not-found') return 'unknown'
  return problem?.type === '/problems/invitation-ended' ? 'gone' : null
}

export type Step =
  | { name: 'overview' }
  | { name: 'practice' }
  | { name: 'question'; questionId: string }
  | { name: 'answer'; questionId: string; way: AnswerWay }

/** What the address names behind the token; the overview where there is no such question, or it is not answered in that way. */
export function stepAt(rest: string, questions: readonly Pick<Question, 'id' | 'ways'>[]): Step {
  const [what, questionId = '', way] = rest.split('/').slice(1)
  if (what === 'practice') return { name: 'practice' }
  const question = what === 'q' ? questions.find(({ id }) => id === questionId) : undefined
  if (!question) return { name: 'overview' }
  const known = question.ways.find((each) => each === way)
  return known ? { name: 'answer', questionId, way: known } : { name: 'question', questionId }
}

/** Whether what the server has of it is complete. */
export const hasArrived = ({ video }: Pick<Take, 'video'>): boolean => video === null || video.finishedAt !== null

const isOf = (questionId: string) => (take: { questionId: string }) => take.questionId === questionId

/** How a question is answered: in the way of what is handed in; on its way; or not yet. */
export function answerState(
  questionId: string,
  takes: readonly Take[],
  onItsWay: ReadonlySet<string>,
): AnswerWay | 'sending' | 'open' {
  const its = takes.filter(isOf(questionId))
  const chosen = its.find(({ isChosen }) => isChosen)
  if (chosen) return chosen.way
  return its.length > 0 || onItsWay.has(questionId) ? 'sending' : 'open'
}

/** How often a question can still be recorded; null: as often as wished. What is being recorded now counts as done. */
export function takesLeft(
  { id, retakes }: { id: string; retakes?: number | null | undefined },
  takes: readonly Take[],
): number | null {
  if (retakes === null || retakes === undefined) return null
  return Math.max(0, retakes + 1 - takes.filter(({ questionId, way }) => questionId === id && way !== 'text').length)
}
