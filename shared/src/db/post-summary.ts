import { eq } from 'drizzle-orm'
import { postBody, type Summary } from '../platform/post-body.ts'
import type { Db } from './client.ts'
import { channelPosts, postTargets } from './schema/channel-posts.ts'

type About = { targetId: string; about: string; summary: Summary; now: Date }

/** Has a summary posted to one room, once for what it is about. @returns whether it is new */
export async function addPost(tx: Db, { targetId, about, summary, now }: About): Promise<boolean> {
  const [target] = await tx.select().from(postTargets).where(eq(postTargets.id, targetId))
  if (!target) return false
  const body = postBody(target.format, summary)
  const added = await tx
    .insert(channelPosts)
    .values({ targetId, about, body, nextAttemptAt: now })
    .onConflictDoNothing()
    .returning({ id: channelPosts.id })
  return added.length > 0
}

/** Has the summary of a round posted to every room of its channel, in the transaction that closes it; the same round again posts nothing. */
export async function postRoundSummary(
  tx: Db,
  { channelId, roundId, summary, now }: { channelId: string; roundId: string; summary: Summary; now: Date },
): Promise<void> {
  const targets = await tx.select({ id: postTargets.id }).from(postTargets).where(eq(postTargets.channelId, channelId))
  for (const { id } of targets) await addPost(tx, { targetId: id, about: roundId, summary, now })
}
