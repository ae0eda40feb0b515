import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { ReactionCount, ReactionMark } from '@meanwhile/shared/contract/reactions'
import { tellOfComment } from '@meanwhile/shared/db/announce-comment'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import type { Emoji } from '@meanwhile/shared/media/emojis'
import { and, asc, count, eq, sql } from 'drizzle-orm'
import type { CommentOfUpdate } from '../comments/access.ts'
import type { Reader } from '../session.ts'
import type { UpdateRow } from '../updates/access.ts'
import { requireWithinVideo } from '../videos/within-video.ts'
import { commentReactionCounts } from './counts.ts'

const { commentReactions, comments, updateReactions } = schema

/** Of one person on one update: more is not applause any more. */
const maxOwn = 100

export const reactionsToComment = async (db: Db, commentId: string, viewer: Reader): Promise<ReactionCount[]> =>
  one(
    await db
      .select({ counts: commentReactionCounts(viewer) })
      .from(comments)
      .where(eq(comments.id, commentId)),
  ).counts

export const addToComment = (db: Db, { comment, update }: CommentOfUpdate, viewer: Reader, emoji: Emoji): Promise<void> =>
  db.transaction(async (tx) => {
    const reaction = { commentId: comment.id, userId: viewer.id, emoji }
    const added = await tx.insert(commentReactions).values(reaction).onConflictDoNothing().returning()
    if (added.length > 0) await tellOfComment(tx, update, comment)
  })

export const removeFromComment = (db: Db, { comment, update }: CommentOfUpdate, viewer: Reader, emoji: Emoji): Promise<void> =>
  db.transaction(async (tx) => {
    const { commentId, userId, emoji: given } = commentReactions
    const isOwn = and(eq(commentId, comment.id), eq(userId, viewer.id), eq(given, emoji))
    const removed = await tx.delete(commentReactions).where(isOwn).returning()
    if (removed.length > 0) await tellOfComment(tx, update, comment)
  })

/** By moment, at each the most frequent first. */
export const reactionsTo = (db: Db, updateId: string, viewer: Reader): Promise<ReactionMark[]> =>
  db
    .select({
      emoji: updateReactions.emoji,
      atMs: updateReactions.atMs,
      count: sql<number>`count(*)::int`,
      mine: sql<boolean>`bool_or(${updateReactions.userId} = ${viewer.id})`,
    })
    .from(updateReactions)
    .where(eq(updateReactions.updateId, updateId))
    .groupBy(updateReactions.atMs, updateReactions.emoji)
    .orderBy(asc(updateReactions.atMs), sql`count(*) desc`, asc(updateReactions.emoji))

export type Reaction = { emoji: Emoji; atMs: number }

const second = ({ emoji, atMs }: Reaction) => ({ emoji, atMs: Math.floor(atMs / 1000) * 1000 })

/** @throws {ProblemError} `comment-out-of-range` for a moment that the update does not have */
async function requireMoment(tx: Db, updateId: string, atMs: number) {
  if (atMs > 0) return requireWithinVideo(tx, updateId, atMs)
}

/** @throws {ProblemError} `comment-out-of-range`, `too-many-requests` */
export const addTo = (db: Db, update: UpdateRow, viewer: Reader, reaction: Reaction): Promise<void> =>
  db.transaction(async (tx) => {
    await requireMoment(tx, update.id, reaction.atMs)
    const own = { updateId: update.id, userId: viewer.id }
    const isOwn = and(eq(updateReactions.updateId, own.updateId), eq(updateReactions.userId, own.userId))
    const added = await tx
      .insert(updateReactions)
      .values({ ...own, ...second(reaction) })
      .onConflictDoNothing()
      .returning()
    if (added.length === 0) return
    const { total } = one(await tx.select({ total: count() }).from(updateReactions).where(isOwn))
    if (total > maxOwn) throw new ProblemError('too-many-requests', 'You have reacted a hundred times to this; say it in words.')
    await notify(tx, update.workspaceId, { type: 'reaction', updateId: update.id })
  })

export const removeFrom = (db: Db, update: UpdateRow, viewer: Reader, reaction: Reaction): Promise<void> =>
  db.transaction(async (tx) => {
    const { emoji, atMs } = second(reaction)
    const { updateId, userId } = updateReactions
    const isOwn = and(
      eq(updateId, update.id),
      eq(userId, viewer.id),
      eq(updateReactions.emoji, emoji),
      eq(updateReactions.atMs, atMs),
    )
    const removed = await tx.delete(updateReactions).where(isOwn).returning()
    if (removed.length > 0) await notify(tx, update.workspaceId, { type: 'reaction', updateId: update.id })
  })
