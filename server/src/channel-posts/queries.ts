import type { PostTarget, PostTargetDraft } from '@meanwhile/shared/contract/channel-posts'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { and, asc, desc, eq } from 'drizzle-orm'

const { channelPosts, channels, postTargets } = schema

/** More than anybody reads. */
const mostTargets = 5

const told = ({ id, format, url, time, timeZone }: typeof postTargets.$inferSelect): Omit<PostTarget, 'lastAt' | 'failure'> => ({
  id,
  format,
  host: new URL(url).host,
  time,
  timeZone,
})

/** The rooms where a channel is summed up, with what became of the last post. */
export async function postTargetsOf(db: Db, channelId: string): Promise<PostTarget[]> {
  const targets = await db
    .select()
    .from(postTargets)
    .where(eq(postTargets.channelId, channelId))
    .orderBy(asc(postTargets.createdAt))
  const found: PostTarget[] = []
  for (const target of targets) {
    const posts = await db
      .select()
      .from(channelPosts)
      .where(eq(channelPosts.targetId, target.id))
      .orderBy(desc(channelPosts.createdAt))
      .limit(10)
    const lastAt = posts.find(({ deliveredAt }) => deliveredAt !== null)?.deliveredAt ?? null
    found.push({ ...told(target), lastAt, failure: posts[0]?.failure ?? null })
  }
  return found
}

/** @throws {ProblemError} `invalid-request` when there are as many as a channel can have */
export const addPostTarget = (db: Db, channelId: string, draft: PostTargetDraft): Promise<PostTarget> =>
  db.transaction(async (tx) => {
    await tx.select({ id: channels.id }).from(channels).where(eq(channels.id, channelId)).for('no key update')
    if ((await tx.$count(postTargets, eq(postTargets.channelId, channelId))) >= mostTargets)
      throw new ProblemError('invalid-request', `A channel is summed up in ${mostTargets} places at most.`)
    const row = one(
      await tx
        .insert(postTargets)
        .values({ channelId, ...draft })
        .returning(),
    )
    return { ...told(row), lastAt: null, failure: null }
  })

/** @throws {ProblemError} `not-found` */
export async function deletePostTarget(db: Db, channelId: string, targetId: string): Promise<void> {
  const isThis = and(eq(postTargets.id, targetId), eq(postTargets.channelId, channelId))
  if ((await db.delete(postTargets).where(isThis).returning({ id: postTargets.id })).length === 0)
    throw new ProblemError('not-found')
}
