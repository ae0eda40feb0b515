import type { InvitationState, Reopened } from '@meanwhile/shared/contract/candidate-invitations'
import type { AnswerWay, InterviewContent, InterviewQuestion } from '@meanwhile/shared/contract/interviews'
import type { InvitationRow } from '../positions/rows.ts'

/** Where an invitation is. @param answered how many questions have a complete answer */
export function stateOf(row: InvitationRow, answered: number, now: Date): InvitationState {
  if (row.withdrawnAt) return 'withdrawn'
  if (row.revokedAt) return 'revoked'
  if (row.submittedAt) return 'submitted'
  const isOver = row.deadlineAt !== null && row.deadlineAt <= now
  if (isOver) return answered > 0 ? 'submitted' : 'expired'
  return row.consentedAt ? 'started' : 'invited'
}

/** The question that a candidate may answer again; what they have begun of it in time is waited for. */
export function reopenedOf(
  row: InvitationRow,
  { isClosed, hasBegun }: { isClosed: boolean; hasBegun: boolean },
  now: Date,
): Reopened | null {
  const { reopenedQuestionId: questionId, reopenedUntil: until } = row
  if (!questionId || !until || isClosed || row.revokedAt || row.withdrawnAt) return null
  return until > now || hasBegun ? { questionId, until } : null
}

/** What a candidate is asked: with what the team granted them, and without what is looked for. */
export function askedOf(content: InterviewContent, { extraTimePercent, mayWrite }: InvitationRow): InterviewContent {
  const asked = (question: InterviewQuestion): InterviewQuestion => ({
    ...question,
    answerLimitMs: Math.round(question.answerLimitMs * (1 + extraTimePercent / 100)),
    ways: mayWrite && !question.ways.includes('text') ? ([...question.ways, 'text'] satisfies AnswerWay[]) : question.ways,
    rubric: [],
  })
  return { ...content, questions: content.questions.map(asked) }
}
