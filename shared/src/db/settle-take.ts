import { and, eq, ne } from 'drizzle-orm'
import type { Db } from './client.ts'
import { interviewAnswers } from './schema/interviews.ts'

/** The newest take of a question that is complete is the one that the team gets, until the candidate chooses another. Nothing for other updates. */
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
  await tx
    .update(interviewAnswers)
    .set({ isChosen: false })
    .where(and(isOfQuestion, ne(interviewAnswers.updateId, updateId), eq(interviewAnswers.isChosen, true)))
  await tx.update(interviewAnswers).set({ isChosen: true }).where(eq(interviewAnswers.updateId, updateId))
}
