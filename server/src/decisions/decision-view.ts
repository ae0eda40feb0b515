import type { Decision, Vote } from '@meanwhile/shared/contract/decisions'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { decidersOf } from '@meanwhile/shared/db/deciders'
import { asc, eq } from 'drizzle-orm'
import { personColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'
import type { SeenDecision } from './access.ts'

const { decisionPeople, decisionVotes, users } = schema

/** What each person says now, with what they said before; who answered first comes first. */
async function votesOn(db: Db, commentId: string): Promise<Vote[]> {
  const rows = await db
    .select({
      person: personColumns(users),
      choice: decisionVotes.choice,
      reason: decisionVotes.reason,
      at: decisionVotes.createdAt,
    })
    .from(decisionVotes)
    .innerJoin(users, eq(users.id, decisionVotes.userId))
    .where(eq(decisionVotes.commentId, commentId))
    .orderBy(asc(decisionVotes.id))
  const byPerson = new Map<string, Vote>()
  for (const { person, ...said } of rows) {
    const last = byPerson.get(person.id)
    const before = last ? [...last.before, { choice: last.choice, reason: last.reason, at: last.at }] : []
    byPerson.set(person.id, { person, ...said, before })
  }
  return [...byPerson.values()]
}

const namedPeople = (db: Db, commentId: string) =>
  db
    .select(personColumns(users))
    .from(decisionPeople)
    .innerJoin(users, eq(users.id, decisionPeople.userId))
    .where(eq(decisionPeople.commentId, commentId))
    .orderBy(asc(users.name), asc(users.id))

/**
 * A decision as its viewer sees it; that they can read it was decided before. What others said is told once they have voted themselves, or
 * it is closed.
 */
export async function decisionFor(
  db: Db,
  { comment, update, decision }: SeenDecision,
  viewer: Viewer,
  now = new Date(),
): Promise<Decision> {
  const { commentId, options, decidedByAll, closesAt, closedAt, outcome, clipFromMs, clipToMs } = decision
  const openedBy = one(await db.select(personColumns(users)).from(users).where(eq(users.id, comment.authorId)))
  const votes = await votesOn(db, commentId)
  const deciders = await decidersOf(db, commentId)
  const own = votes.find(({ person }) => person.id === viewer.id)
  return {
    ...{ id: commentId, updateId: comment.updateId, text: comment.text, openedBy, openedAt: decision.createdAt },
    ...{ options, closesAt, closedAt, outcome },
    deciders: decidedByAll ? null : await namedPeople(db, commentId),
    deciderCount: new Set([...deciders.map(({ id }) => id), ...votes.map(({ person }) => person.id)]).size,
    answeredCount: votes.length,
    clip: clipFromMs === null || clipToMs === null ? null : { fromMs: clipFromMs, toMs: clipToMs },
    log: update.seesPlace ? { channelId: update.channelId } : null,
    mayVote: !closedAt && closesAt > now && deciders.some(({ id }) => id === viewer.id),
    mine: own ? { choice: own.choice, reason: own.reason, at: own.at } : null,
    votes: own || closedAt ? votes : null,
  }
}
