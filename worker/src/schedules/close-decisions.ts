import { notifyPeople, tellOfComment } from '@meanwhile/shared/db/announce-comment'
import { type Db, one } from '@meanwhile/shared/db/client'
import { decidersOf } from '@meanwhile/shared/db/deciders'
import { appendDecision } from '@meanwhile/shared/db/decision-log'
import { comments } from '@meanwhile/shared/db/schema/comments'
import { decisions, decisionVotes } from '@meanwhile/shared/db/schema/decisions'
import { users } from '@meanwhile/shared/db/schema/people'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { outcomeOf } from '@meanwhile/shared/decisions/outcome'
import { and, asc, desc, eq, isNull, lte, notInArray } from 'drizzle-orm'

type Row = typeof decisions.$inferSelect

/** One that has reached its moment, held until the transaction ends. Another worker takes another one. */
async function takeOne(tx: Db, now: Date, failed: readonly string[]): Promise<Row | undefined> {
  const [found] = await tx
    .select({ decision: decisions })
    .from(decisions)
    .innerJoin(comments, eq(comments.id, decisions.commentId))
    .where(
      and(
        isNull(decisions.closedAt),
        lte(decisions.closesAt, now),
        isNull(comments.deletedAt),
        notInArray(decisions.commentId, [...failed]),
      ),
    )
    .orderBy(asc(decisions.closesAt))
    .limit(1)
    .for('update', { of: decisions, skipLocked: true })
  return found?.decision
}

/** What each person said last. */
const lastVotes = (tx: Db, commentId: string) =>
  tx
    .selectDistinctOn([decisionVotes.userId], {
      person: { id: users.id, name: users.name },
      choice: decisionVotes.choice,
      reason: decisionVotes.reason,
    })
    .from(decisionVotes)
    .innerJoin(users, eq(users.id, decisionVotes.userId))
    .where(eq(decisionVotes.commentId, commentId))
    .orderBy(decisionVotes.userId, desc(decisionVotes.id))

/** Closes one: its outcome, its entry in the log and who hears of it are there together, or not at all. */
const closeOne = (db: Db, now: Date, failed: readonly string[], onTaken: (id: string) => void): Promise<boolean> =>
  db.transaction(async (tx) => {
    const decision = await takeOne(tx, now, failed)
    if (!decision) return false
    onTaken(decision.commentId)
    const { commentId, options, clipFromMs, clipToMs } = decision
    const { comment, update } = one(
      await tx
        .select({ comment: comments, update: updates })
        .from(comments)
        .innerJoin(updates, eq(updates.id, comments.updateId))
        .where(eq(comments.id, commentId)),
    )
    const votes = await lastVotes(tx, commentId)
    const answered = new Set(votes.map(({ person }) => person.id))
    const deciders = await decidersOf(tx, commentId)
    const silent = deciders.filter(({ id }) => !answered.has(id)).length
    const choices = votes.map(({ choice }) => choice)
    const outcome = outcomeOf(options, choices, silent)
    await tx.update(decisions).set({ closedAt: now, outcome }).where(eq(decisions.commentId, commentId))
    const clip = clipFromMs === null || clipToMs === null ? null : { fromMs: clipFromMs, toMs: clipToMs }
    await appendDecision(tx, comment, { options, clip, outcome, votes }, now)
    await tellOfComment(tx, update, comment)
    const concerned = new Set([comment.authorId, update.authorId, ...answered, ...deciders.map(({ id }) => id)])
    const told = new Map([...concerned].map((id) => [id, 'decided' as const]))
    // It closed by itself: who opened it hears of it too.
    await notifyPeople(tx, { update, comment, actorId: comment.authorId, evenActor: true }, told)
    return true
  })

/**
 * Closes every decision whose moment has come, each of them once. Several workers may do it at once, and one that cannot be closed does not
 * keep the others open. @returns how many @throws what went wrong with those that are left
 */
export async function closeDecisions(db: Db, now = new Date()): Promise<number> {
  const failed: string[] = []
  let failure: unknown
  for (let count = 0; ; ) {
    let taken: string | undefined
    try {
      const isClosed = await closeOne(db, now, failed, (id) => {
        taken = id
      })
      if (isClosed) count++
      else if (failure) throw failure
      else return count
    } catch (error) {
      if (!taken) throw error
      failed.push(taken)
      failure = error
    }
  }
}
