import type { Db } from '@meanwhile/shared/db/client'
import { comments, commentTrail, commentVersions, mentions } from '@meanwhile/shared/db/schema/comments'
import { commentReactions, updateReactions } from '@meanwhile/shared/db/schema/reactions'
import { updates, views } from '@meanwhile/shared/db/schema/updates'
import type { CommentRecord, ReactionRecord, ViewsRecord } from '@meanwhile/shared/platform/workspace-file'
import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { isExported, type Scope } from './scope.ts'

const decision = alias(comments, 'decision')
const itsUpdate = alias(updates, 'its_update')
const iso = (at: Date | null) => at?.toISOString() ?? null

/** By what they belong to. */
function grouped<T>(rows: T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

/** The comments on some updates, with what they said before and what became of them, in the order in which they were written. */
export async function commentRecords(db: Db, scope: Scope, updateIds: string[]): Promise<CommentRecord[]> {
  const rows = await db
    .select({ comment: comments, decisionOn: itsUpdate.id })
    .from(comments)
    .leftJoin(decision, eq(decision.id, comments.supersedesId))
    // What a decision takes the place of may stand where who asked does not see it.
    .leftJoin(itsUpdate, and(eq(itsUpdate.id, decision.updateId), isExported(scope, itsUpdate)))
    .where(and(inArray(comments.updateId, updateIds), isNotNull(comments.publishedAt)))
    .orderBy(asc(comments.createdAt), asc(comments.id))
  const ids = rows.map(({ comment }) => comment.id)
  if (ids.length === 0) return []
  const versions = await db
    .select()
    .from(commentVersions)
    .where(inArray(commentVersions.commentId, ids))
    .orderBy(commentVersions.id)
  const trails = await db.select().from(commentTrail).where(inArray(commentTrail.commentId, ids)).orderBy(commentTrail.id)
  const named = await db.select().from(mentions).where(inArray(mentions.commentId, ids))
  const [historyOf, trailOf, namesOf] = [versions, trails, named].map((list) =>
    grouped<{ commentId: string }>(list, ({ commentId }) => commentId),
  ) as [Map<string, typeof versions>, Map<string, typeof trails>, Map<string, typeof named>]
  return rows.map(({ comment, decisionOn }) => {
    const supersedesId = decisionOn && comment.supersedesId
    const { id, updateId, parentId, authorId, type, text, atMs, endMs, drawing, ownerId, resolvedById, hiddenById } = comment
    return {
      ...{ id, updateId, parentId, authorId, type, text, atMs, endMs, drawing, ownerId, supersedesId, resolvedById, hiddenById },
      ...{ dueAt: iso(comment.dueAt), dueIsChosen: comment.dueIsChosen },
      resolvedAt: iso(comment.resolvedAt),
      answerAtMs: comment.answerAtMs,
      answerId: comment.answerId,
      hiddenAt: iso(comment.hiddenAt),
      createdAt: comment.createdAt.toISOString(),
      publishedAt: (comment.publishedAt ?? comment.createdAt).toISOString(),
      editedAt: iso(comment.editedAt),
      deletedAt: iso(comment.deletedAt),
      mentionIds: (namesOf.get(id) ?? []).map(({ userId }) => userId),
      history: (historyOf.get(id) ?? []).map((each) => ({ text: each.text, writtenAt: each.writtenAt.toISOString() })),
      trail: (trailOf.get(id) ?? []).map(({ what, actorId, createdAt }) => ({
        what,
        actorId,
        createdAt: createdAt.toISOString(),
      })),
    }
  })
}

/** The reactions to some updates and to the comments on them. */
export async function reactionRecords(db: Db, updateIds: string[]): Promise<ReactionRecord[]> {
  const moments = await db.select().from(updateReactions).where(inArray(updateReactions.updateId, updateIds))
  const toComments = await db
    .select({ updateId: comments.updateId, reaction: commentReactions })
    .from(commentReactions)
    .innerJoin(comments, eq(comments.id, commentReactions.commentId))
    .where(and(inArray(comments.updateId, updateIds), isNotNull(comments.publishedAt)))
  return [
    ...moments.map(({ createdAt, ...rest }) => ({ ...rest, commentId: null, createdAt: createdAt.toISOString() })),
    ...toComments.map(({ updateId, reaction: { createdAt, ...rest } }) => ({
      ...{ updateId, ...rest, atMs: null, createdAt: createdAt.toISOString() },
    })),
  ]
}

/** How many watched each of some updates. */
export const viewRecords = (db: Db, updateIds: string[]): Promise<ViewsRecord[]> =>
  db
    .select({
      updateId: views.updateId,
      views: sql<number>`count(${views.countedAt})::int`,
      caughtUp: sql<number>`count(${views.caughtUpAt})::int`,
    })
    .from(views)
    .where(inArray(views.updateId, updateIds))
    .groupBy(views.updateId)
