import { and, eq, ne, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { candidateInvitations, interviewAnswers } from './schema/interviews.ts'

/**
 * The newest take of a question that is complete is the one that the team gets, until the candidate chooses another. Where the question was
 * opened again, what the team has stays, and the take is the one that follows it. Nothing for other updates.
 */
export async function settleTake(tx: Db, updateId: string): Promise<void> {
  const [take] = await tx.select().from(interviewAnswers).where(eq(interviewAnswers.updateId, updateId))
  if (!take) return
  const isOfQuestion = and(eq(interviewAnswers.invitationId, take.invitationId), eq(interviewAnswers.questionId, take.questionId))
  // Two that become complete at once follow each other.
  await tx
    .select({ updateId: interviewAnswers.updateId })
    .from(interviewAnswers)
    .where(isOfQuestion)
    .orderBy(interviewAnswers.updateId)
    .for('update')
  const isOpenAgain = and(
    eq(candidateInvitations.id, take.invitationId),
    eq(candidateInvitations.reopenedQuestionId, take.questionId),
    sql`${candidateInvitations.reopenedAt} <= (select created_at from interview_answers where update_id = ${updateId})`,
  )
  const mark = (await tx.$count(candidateInvitations, isOpenAgain)) > 0 ? 'isNext' : 'isChosen'
  await tx
    .update(interviewAnswers)
    .set({ [mark]: false })
    .where(and(isOfQuestion, ne(interviewAnswers.updateId, updateId), eq(interviewAnswers[mark], true)))
  await tx
    .update(interviewAnswers)
    .set({ [mark]: true })
    .where(eq(interviewAnswers.updateId, updateId))
}
