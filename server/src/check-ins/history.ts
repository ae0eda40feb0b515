import type { AnswerHistory } from '@meanwhile/shared/contract/check-ins'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { desc, eq } from 'drizzle-orm'
import type { UpdateRow } from '../updates/access.ts'

const { answers, answerVersions } = schema

/** What an answer said, oldest first; the last is what it says now. @throws {ProblemError} `not-found` for an update that answers no round */
export async function historyOf(db: Db, update: UpdateRow): Promise<AnswerHistory> {
  const [answer] = await db.select().from(answers).where(eq(answers.updateId, update.id))
  if (!answer) throw new ProblemError('not-found')
  const { title, body, writtenAt } = answerVersions
  const before = await db
    .select({ title, body, writtenAt })
    .from(answerVersions)
    .where(eq(answerVersions.updateId, update.id))
    .orderBy(desc(answerVersions.id))
    .limit(199)
  const now = { title: update.title, body: update.body, writtenAt: update.editedAt ?? update.createdAt }
  return { versions: [...before.reverse(), now] }
}
