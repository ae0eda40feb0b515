import type { Db } from '@meanwhile/shared/db/client'
import { comments, commentTrail, commentVersions, mentions } from '@meanwhile/shared/db/schema/comments'
import { commentReactions, updateReactions } from '@meanwhile/shared/db/schema/reactions'
import type { CommentRecord, ReactionRecord } from '@meanwhile/shared/platform/workspace-file'
import { eq, inArray } from 'drizzle-orm'
import { localId } from './local-id.ts'
import { past } from './past.ts'
import type { ImportedPeople } from './people.ts'

/** As long as a comment may be, and as many as may be named in it. */
const longestText = 5_000
const mostMentions = 20
const batch = 500

type Place = { workspaceId: string; updateId: string; people: ImportedPeople }
const date = (text: string | null) => (text === null ? null : past(text))

async function insertAll<T>(rows: T[], insert: (some: T[]) => Promise<unknown>) {
  for (let from = 0; from < rows.length; from += batch) await insert(rows.slice(from, from + batch))
}

/** Whoever a conversation names. */
const namedIn = (said: CommentRecord[], reactions: ReactionRecord[]) => [
  ...said.flatMap((each) => [
    ...[each.authorId, each.ownerId, each.resolvedById, each.hiddenById],
    ...each.mentionIds,
    ...each.trail.map(({ actorId }) => actorId),
  ]),
  ...reactions.map(({ userId }) => userId),
]

/** Those whose place is there: what answers a comment stands behind one that answers none, on the same update. */
export function inPlace(records: CommentRecord[]): { placed: CommentRecord[]; lost: number } {
  const unique = [...new Map(records.map((each) => [each.id, each])).values()]
  const first = new Set(unique.filter(({ parentId }) => parentId === null).map(({ id }) => id))
  const placed = unique.filter(({ parentId }) => parentId === null || first.has(parentId))
  const rank = ({ parentId }: CommentRecord) => (parentId === null ? 0 : 1)
  return { placed: placed.sort((a, b) => rank(a) - rank(b)), lost: records.length - placed.length }
}

/**
 * Puts the comments of an update that was just made under it, with what they said before, what became of them, and all reactions. Nobody is
 * told: it was said long ago. @param placed see `inPlace` @returns how many comments it brought
 */
export async function bringConversation(
  tx: Db,
  { workspaceId, updateId, people }: Place,
  placed: CommentRecord[],
  reactions: ReactionRecord[],
): Promise<number> {
  await people.ensure(tx, namedIn(placed, reactions))
  const idOf = (sourceId: string) => localId(workspaceId, 'comment', sourceId)
  const person = (sourceId: string | null) => (sourceId === null ? null : people.idOf(sourceId))
  const rows = placed.map((each): typeof comments.$inferInsert => ({
    ...{ id: idOf(each.id), updateId, authorId: people.idOf(each.authorId), type: each.type },
    ...{ parentId: each.parentId && idOf(each.parentId), text: each.text.slice(0, longestText) },
    ...{ atMs: each.atMs, endMs: each.endMs, drawing: each.drawing, ownerId: person(each.ownerId) },
    ...{ dueAt: each.dueAt === null ? null : new Date(each.dueAt), dueIsChosen: each.dueIsChosen },
    ...{ resolvedAt: date(each.resolvedAt), resolvedById: person(each.resolvedById), answerAtMs: each.answerAtMs },
    ...{ hiddenAt: date(each.hiddenAt), hiddenById: person(each.hiddenById), createdAt: past(each.createdAt) },
    ...{ publishedAt: past(each.publishedAt), editedAt: date(each.editedAt), deletedAt: date(each.deletedAt) },
  }))
  await insertAll(rows, (some) => tx.insert(comments).values(some))
  const known = new Set(placed.map(({ id }) => id))
  for (const { id, answerId } of placed)
    if (answerId && known.has(answerId))
      await tx
        .update(comments)
        .set({ answerId: idOf(answerId) })
        .where(eq(comments.id, idOf(id)))
  await insertAll(
    placed.flatMap(({ id, history }) =>
      history.map(({ text, writtenAt }) => ({
        commentId: idOf(id),
        text: text.slice(0, longestText),
        writtenAt: past(writtenAt),
      })),
    ),
    (some) => tx.insert(commentVersions).values(some),
  )
  await insertAll(
    placed.flatMap(({ id, trail }) =>
      trail.map(({ what, actorId, createdAt }) => ({
        ...{ commentId: idOf(id), what, actorId: people.idOf(actorId), createdAt: past(createdAt) },
      })),
    ),
    (some) => tx.insert(commentTrail).values(some),
  )
  await insertAll(
    placed.flatMap(({ id, mentionIds }) =>
      [...new Set(mentionIds)].slice(0, mostMentions).map((userId) => ({ commentId: idOf(id), userId: people.idOf(userId) })),
    ),
    (some) => tx.insert(mentions).values(some).onConflictDoNothing(),
  )
  const when = ({ createdAt }: ReactionRecord) => ({ createdAt: past(createdAt) })
  await insertAll(
    reactions.flatMap((each) =>
      each.commentId !== null && known.has(each.commentId)
        ? [{ commentId: idOf(each.commentId), userId: people.idOf(each.userId), emoji: each.emoji, ...when(each) }]
        : [],
    ),
    (some) => tx.insert(commentReactions).values(some).onConflictDoNothing(),
  )
  await insertAll(
    reactions.flatMap((each) =>
      each.commentId === null && each.atMs !== null
        ? [{ updateId, userId: people.idOf(each.userId), emoji: each.emoji, atMs: each.atMs, ...when(each) }]
        : [],
    ),
    (some) => tx.insert(updateReactions).values(some).onConflictDoNothing(),
  )
  return placed.length
}

/** Decisions take the place of others, which may stand on an update that comes later: put right, some at a time, once all of them are there. */
export async function supersede(tx: Db, workspaceId: string, pairs: { id: string; supersedesId: string }[]): Promise<void> {
  const idOf = (sourceId: string) => localId(workspaceId, 'comment', sourceId)
  const wanted = pairs.map(({ supersedesId }) => idOf(supersedesId))
  const found = await tx.select({ id: comments.id }).from(comments).where(inArray(comments.id, wanted))
  const there = new Set(found.map(({ id }) => id))
  for (const { id, supersedesId } of pairs)
    if (id !== supersedesId && there.has(idOf(supersedesId)))
      await tx
        .update(comments)
        .set({ supersedesId: idOf(supersedesId) })
        .where(eq(comments.id, idOf(id)))
}
