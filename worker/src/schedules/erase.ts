import type { Db } from '@meanwhile/shared/db/client'
import { deletedPerson } from '@meanwhile/shared/db/deleted-person'
import { forgetLogged } from '@meanwhile/shared/db/forget-name'
import { notify } from '@meanwhile/shared/db/notify'
import { comments, commentVersions, mentions } from '@meanwhile/shared/db/schema/comments'
import { erasures } from '@meanwhile/shared/db/schema/erasures'
import { notifications } from '@meanwhile/shared/db/schema/notifications'
import { users } from '@meanwhile/shared/db/schema/people'
import { commentReactions } from '@meanwhile/shared/db/schema/reactions'
import { transfers } from '@meanwhile/shared/db/schema/transfers'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { videos } from '@meanwhile/shared/db/schema/videos'
import { rememberErasure } from '@meanwhile/shared/platform/erasure-ledger'
import type { Log } from '@meanwhile/shared/platform/log'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'

/** In one transaction, so that what is done stays done when a worker ends. */
const batch = 20

type Step = (tx: Db, userId: string) => Promise<number>

/** Their updates go with everything that was said about them; a trigger remembers the media. */
const eraseUpdates: Step = async (tx, userId) => {
  const found = await tx.select({ id: updates.id }).from(updates).where(eq(updates.authorId, userId)).limit(batch)
  const ids = found.map(({ id }) => id)
  if (ids.length > 0) await tx.delete(updates).where(inArray(updates.id, ids))
  return ids.length
}

/** What they wrote elsewhere becomes an empty place, so that answers to it stay. */
const emptyComments: Step = async (tx, userId) => {
  const found = await tx
    .select({ id: comments.id, updateId: updates.id, workspaceId: updates.workspaceId, publishedAt: comments.publishedAt })
    .from(comments)
    .innerJoin(updates, eq(updates.id, comments.updateId))
    .where(eq(comments.authorId, userId))
    .limit(batch)
  const ids = found.map(({ id }) => id)
  if (ids.length === 0) return 0
  await tx.delete(videos).where(inArray(videos.commentId, ids))
  for (const table of [commentVersions, mentions, commentReactions, notifications])
    await tx.delete(table).where(inArray(table.commentId, ids))
  await tx.update(comments).set({ answerId: null }).where(inArray(comments.answerId, ids))
  const empty = { text: '', drawing: null, ownerId: null, draftHash: null, authorId: deletedPerson.id }
  await tx
    .update(comments)
    .set({ ...empty, deletedAt: sql`coalesce(${comments.deletedAt}, now())` })
    .where(inArray(comments.id, ids))
  for (const { id: commentId, updateId, workspaceId, publishedAt } of found)
    if (publishedAt) await notify(tx, workspaceId, { type: 'comment', updateId, commentId })
  return ids.length
}

/** Private channels and workspaces that nobody can open any more go with the person, and the rest of what refers to them. */
const eraseRest = async (tx: Db, userId: string) => {
  const lonely = sql`select channel_id from channel_members own join channels on channels.id = own.channel_id
    where own.user_id = ${userId} and channels.is_private
      and not exists (select from channel_members other where other.channel_id = own.channel_id and other.user_id <> ${userId})`
  await tx.execute(sql`delete from updates where channel_id in (${lonely})`)
  await tx.execute(sql`delete from check_ins where channel_id in (${lonely})`)
  await tx.execute(sql`delete from channels where id in (${lonely})`)
  await tx.execute(sql`delete from workspaces where id in (select workspace_id from members own where own.user_id = ${userId}
    and not exists (select from members other where other.workspace_id = own.workspace_id and other.user_id <> ${userId}))`)
  await forgetLogged(tx, userId)
  await tx.delete(users).where(eq(users.id, userId))
  // Where nobody is left, the next person to sign up is the first one.
  await tx.execute(
    sql`delete from users where id = ${deletedPerson.id} and not exists (select from users other where other.id <> ${deletedPerson.id})`,
  )
}

/** One batch of a step, with the progress that it makes. A second worker waits for the row. @returns how many were done */
const doSome = (db: Db, id: string, userId: string, step: Step): Promise<number> =>
  db.transaction(async (tx) => {
    const isThis = eq(erasures.id, id)
    const [mine] = await tx
      .select({ id: erasures.id })
      .from(erasures)
      .where(and(isThis, isNotNull(erasures.userId)))
      .for('update')
    if (!mine) return 0
    const count = await step(tx, userId)
    if (count > 0)
      await tx
        .update(erasures)
        .set({ done: sql`${erasures.done} + ${count}` })
        .where(isThis)
    return count
  })

const hasExports = async (db: Db, userId: string): Promise<boolean> => {
  const [found] = await db.select({ id: transfers.id }).from(transfers).where(eq(transfers.createdById, userId)).limit(1)
  return found !== undefined
}

const isUnfinished = and(isNull(erasures.finishedAt), isNotNull(erasures.userId))

type Needs = { db: Db; storage: Storage; log: Log; signal?: AbortSignal }

/** Goes on with the accounts that are to be deleted, until nothing names their people. @returns how many are done */
export async function eraseAccounts({ db, storage, log, signal }: Needs): Promise<number> {
  const waiting = await db.select().from(erasures).where(isUnfinished).orderBy(erasures.createdAt)
  for (const { id, userId, createdAt } of waiting) {
    // Their rows name what is stored: another round deletes that first.
    if (!userId || (await hasExports(db, userId))) continue
    try {
      // While their row is there still: a backup that is restored later brings them back otherwise.
      await rememberErasure(storage, userId, createdAt)
      for (const step of [eraseUpdates, emptyComments]) while (!signal?.aborted && (await doSome(db, id, userId, step)) > 0);
      if (signal?.aborted) break
      await db.transaction(async (tx) => {
        await eraseRest(tx, userId)
        await tx.update(erasures).set({ finishedAt: sql`now()`, done: erasures.total }).where(eq(erasures.id, id))
      })
      log.info({ erasureId: id }, 'an account was deleted, with all that it made')
    } catch (error) {
      log.warn({ err: error, erasureId: id }, 'an account could not be deleted; the next round goes on with it')
    }
  }
  return waiting.length
}
