import { createHash } from 'node:crypto'
import type { CommentDraft } from '@meanwhile/shared/contract/comments'
import type { Drawing } from '@meanwhile/shared/contract/drawing'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { announceComment } from '@meanwhile/shared/db/announce-comment'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq } from 'drizzle-orm'
import { requireCommentable } from '../channels/access.ts'
import type { Reader } from '../session.ts'
import { type SeenUpdate, visibleTo } from '../updates/access.ts'
import { refuseApart } from '../updates/apart.ts'
import { requireWithinVideo } from '../videos/within-video.ts'
import { type CommentRow, isPublishedFor } from './access.ts'
import { dueOfNew } from './due.ts'
import { requirePeople } from './people.ts'

const { comments, mentions, updates, videos } = schema

const hashOf = ({ id: _, ...content }: CommentDraft): string => createHash('sha256').update(JSON.stringify(content)).digest('hex')

const fine = (share: number) => Math.round(share * 10_000) / 10_000

/** Four digits are finer than a pixel of an 8K picture; more would only be longer. */
export const compact = ({ strokes }: Drawing): Drawing => ({
  strokes: strokes.map(({ points, ...pen }) => ({
    ...pen,
    points: points.map(([x, y]): [number, number] => [fine(x), fine(y)]),
  })),
})

/** Replies are one level deep: an answer to a reply joins its parent, and takes over the moment. @throws {ProblemError} */
async function placeOf(tx: Db, updateId: string, author: Reader, { parentId, atMs, endMs }: CommentDraft) {
  if (parentId === null) return { parentId, atMs, endMs }
  const [parent] = await tx
    .select()
    .from(comments)
    .where(and(eq(comments.id, parentId), eq(comments.updateId, updateId), isPublishedFor(author)))
  if (!parent) throw new ProblemError('parent-not-found')
  return { parentId: parent.parentId ?? parent.id, atMs: parent.atMs, endMs: parent.endMs }
}

/** @throws {ProblemError} `decision-not-found` */
async function requireDecision(tx: Db, author: Reader, commentId: string) {
  const isDecision = and(eq(comments.id, commentId), eq(comments.type, 'decision'), isPublishedFor(author), visibleTo(author))
  const [found] = await tx
    .select({ id: comments.id })
    .from(comments)
    .innerJoin(updates, eq(updates.id, comments.updateId))
    .where(isDecision)
  if (!found) throw new ProblemError('decision-not-found')
}

/** The comment that a first try made. @throws {ProblemError} `comment-conflict`, or `id-taken`, whoever has it */
async function findMadeBefore(tx: Db, update: SeenUpdate, author: Reader, id: string, draftHash: string) {
  const [made] = await tx.select().from(comments).where(eq(comments.id, id))
  if (!made) return null
  if (made.authorId !== author.id || made.updateId !== update.id) throw new ProblemError('id-taken')
  if (made.draftHash !== draftHash) throw new ProblemError('comment-conflict')
  return made
}

type Circumstances = {
  admit: (tx: Db) => Promise<void>
  now: Date
  join?: (tx: Db, comment: CommentRow) => Promise<void>
}

/**
 * Adds a comment; those whom it concerns are notified. The same id with the same content again adds nothing, whatever became of it.
 * @param circumstances.admit throws when there is no room for its video @param circumstances.join adds what belongs to it before anybody hears of it
 * @throws {ProblemError} `id-taken`, `comment-conflict`, `channel-archived`, `comments-off`, `parent-not-found`, `comment-out-of-range`, `person-not-found`, `decision-not-found`
 */
export const addComment = (
  db: Db,
  update: SeenUpdate,
  author: Reader,
  draft: CommentDraft,
  { admit, now, join = async () => {} }: Circumstances,
): Promise<{ isNew: boolean; commentId: string }> =>
  db.transaction(async (tx) => {
    const draftHash = hashOf(draft)
    const before = draft.id && (await findMadeBefore(tx, update, author, draft.id, draftHash))
    if (before) return { isNew: false, commentId: before.id }
    // Whoever does not see the place of it need not know of a channel.
    await requireCommentable(tx, update, { role: update.seesPlace ? author.role : 'guest' })
    const { id, text, type, ownerId, supersedesId, drawing, video } = draft
    if (type === 'decision') refuseApart(update, 'Decisions are made where the team reads them.')
    const place = await placeOf(tx, update.id, author, draft)
    if (draft.parentId === null && place.atMs !== null) await requireWithinVideo(tx, update.id, place.endMs ?? place.atMs)
    if (drawing && place.atMs === null)
      throw new ProblemError('invalid-request', undefined, { errors: [{ field: 'drawing', message: 'must be at a moment' }] })
    await requirePeople(tx, update, author, [...draft.mentions, ...(ownerId ? [ownerId] : [])])
    if (supersedesId) await requireDecision(tx, author, supersedesId)
    // A recording is kept for by the workspace that its person is in.
    if (video && !update.seesPlace) throw new ProblemError('forbidden', 'Whoever was let in answers in words.')
    if (video) await admit(tx)
    const [added] = await tx
      .insert(comments)
      .values({
        ...(id ? { id } : {}),
        ...{ updateId: update.id, authorId: author.id, text, type, ownerId, supersedesId, draftHash, ...place },
        drawing: drawing && compact(drawing),
        ...(await dueOfNew(tx, update, draft, now)),
        ...(video ? { publishedAt: null } : {}),
      })
      .onConflictDoNothing()
      .returning()
    if (!added) {
      // Another request with this id was faster.
      await findMadeBefore(tx, update, author, id ?? '', draftHash)
      return { isNew: false, commentId: id ?? '' }
    }
    const named = [...new Set(draft.mentions)].map((userId) => ({ commentId: added.id, userId }))
    if (named.length > 0) await tx.insert(mentions).values(named)
    if (video) await tx.insert(videos).values({ updateId: update.id, commentId: added.id, ...video })
    await join(tx, added)
    await announceComment(tx, update, added)
    return { isNew: true, commentId: added.id }
  })
