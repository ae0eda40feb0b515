import { ProblemError } from '@meanwhile/shared/contract/problem'
import { mostInReel } from '@meanwhile/shared/contract/reel'
import type { ReelList, ReelListDraft } from '@meanwhile/shared/contract/reels'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { and, asc, desc, eq, inArray, not, sql } from 'drizzle-orm'
import { nameOf, requirePostable } from '../channels/access.ts'
import { type Cursor, cursorOf, isBefore } from '../cursor.ts'
import { personColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'
import { visibleTo } from '../updates/access.ts'
import { mayChangeReel, type ReelRow, reelVisibleTo } from './access.ts'

const { channels, reelItems, reels, updates, users } = schema

const viewOf = (db: Db, viewer: Viewer) =>
  db
    .select({
      reel: reels,
      author: personColumns(users),
      channel: channels,
      count: sql<number>`(select count(*)::int from ${reelItems} join ${updates} on ${updates.id} = ${reelItems.updateId}
        where ${reelItems.reelId} = ${reels.id} and ${updates.publishedAt} is not null and ${visibleTo(viewer)})`,
    })
    .from(reels)
    .innerJoin(users, eq(users.id, reels.authorId))
    .leftJoin(channels, eq(channels.id, reels.channelId))
type Row = Awaited<ReturnType<typeof viewOf>>[number]

const shown = ({ reel, author, channel, count }: Row, viewer: Viewer): ReelList => ({
  id: reel.id,
  title: reel.title,
  author,
  channel: channel && nameOf(channel),
  createdAt: reel.createdAt,
  count,
  canChange: mayChangeReel(reel, viewer),
})

/** One reel as its viewer sees it; access was decided before. */
export const reelListFor = async (db: Db, reelId: string, viewer: Viewer): Promise<ReelList> =>
  shown(one(await viewOf(db, viewer).where(eq(reels.id, reelId))), viewer)

/** A page of the reels that this viewer sees, newest first. */
export async function reelListsFor(
  db: Db,
  viewer: Viewer,
  { limit, cursor }: { limit: number; cursor: Cursor | undefined },
): Promise<{ items: ReelList[]; nextCursor: string | null }> {
  const rows = await viewOf(db, viewer)
    .where(and(reelVisibleTo(viewer), cursor && isBefore(cursor, reels)))
    .orderBy(desc(reels.createdAt), desc(reels.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map((row) => shown(row, viewer)), nextCursor: rows.length > limit && last ? cursorOf(last.reel) : null }
}

/** @throws {ProblemError} `not-found` where the viewer does not see one of them, or it is not published */
async function requireAll(tx: Db, viewer: Viewer, updateIds: string[]) {
  if (updateIds.length === 0) return
  const isOne = and(
    inArray(updates.id, updateIds),
    visibleTo(viewer),
    not(updates.isApart),
    sql`${updates.publishedAt} is not null`,
  )
  if ((await tx.$count(updates, isOne)) < updateIds.length) throw new ProblemError('not-found')
}

/** @throws {ProblemError} `not-found` and `channel-archived` for the channel, `not-found` for an update */
export const addReel = (db: Db, author: Viewer, { title, channelId, updateIds }: ReelListDraft) =>
  db.transaction(async (tx) => {
    if (channelId) await requirePostable(tx, channelId, author)
    const ids = [...new Set(updateIds)]
    await requireAll(tx, author, ids)
    const draft = { title, channelId, workspaceId: author.workspace.id, authorId: author.id }
    const { id: reelId } = one(await tx.insert(reels).values(draft).returning({ id: reels.id }))
    if (ids.length > 0) await tx.insert(reelItems).values(ids.map((updateId, position) => ({ reelId, updateId, position })))
    return reelId
  })

/** One after the other, so that each has a place of its own. */
async function lockedItems(tx: Db, reelId: string): Promise<string[]> {
  await tx.select({ id: reels.id }).from(reels).where(eq(reels.id, reelId)).for('no key update')
  const rows = await tx
    .select({ updateId: reelItems.updateId })
    .from(reelItems)
    .where(eq(reelItems.reelId, reelId))
    .orderBy(asc(reelItems.position), asc(reelItems.updateId))
  return rows.map(({ updateId }) => updateId)
}

/** An order names what its maker sees; the rest keeps its own behind that. */
export const editReel = (
  db: Db,
  { id }: ReelRow,
  { title, updateIds }: { title?: string | undefined; updateIds?: string[] | undefined },
) =>
  db.transaction(async (tx) => {
    if (title !== undefined) await tx.update(reels).set({ title }).where(eq(reels.id, id))
    if (!updateIds) return
    const there = await lockedItems(tx, id)
    const wanted = [...new Set(updateIds)].filter((updateId) => there.includes(updateId))
    const order = [...wanted, ...there.filter((updateId) => !wanted.includes(updateId))]
    for (const [position, updateId] of order.entries())
      await tx
        .update(reelItems)
        .set({ position })
        .where(and(eq(reelItems.reelId, id), eq(reelItems.updateId, updateId)))
  })

/** Putting it in twice is harmless. @throws {ProblemError} `not-found` for the update, `reel-full` */
export const addItem = (db: Db, { id: reelId }: ReelRow, updateId: string, viewer: Viewer) =>
  db.transaction(async (tx) => {
    await requireAll(tx, viewer, [updateId])
    const there = await lockedItems(tx, reelId)
    if (there.includes(updateId)) return
    if (there.length >= mostInReel) throw new ProblemError('reel-full', 'Take something out of it, or make another one.')
    const position = sql`(select coalesce(max(${reelItems.position}), -1) + 1 from ${reelItems} where ${reelItems.reelId} = ${reelId})`
    await tx.insert(reelItems).values({ reelId, updateId, position })
  })

export const removeItem = (db: Db, { id }: ReelRow, updateId: string) =>
  db.delete(reelItems).where(and(eq(reelItems.reelId, id), eq(reelItems.updateId, updateId)))

export const removeReel = (db: Db, { id }: ReelRow) => db.delete(reels).where(eq(reels.id, id))
