import { type Db, schema } from '@meanwhile/shared/db/client'
import { addPost } from '@meanwhile/shared/db/post-summary'
import { shownTitle } from '@meanwhile/shared/media/shown-title'
import type { MailSite } from '@meanwhile/shared/platform/mail-site'
import { dateAfter, localDate, momentAt } from '@meanwhile/shared/working-hours/clock'
import { and, asc, eq, gt, gte, isNull, lt } from 'drizzle-orm'

const { channelPosts, channels, postTargets, updates, users, videos } = schema

/** What is published was begun not longer before. */
const mostDays = 7

/** What was published in a channel in a stretch of time. */
const publishedIn = (db: Db, channelId: string, from: Date, to: Date) =>
  db
    .select({ title: updates.title, author: users.name, durationMs: videos.durationMs })
    .from(updates)
    .innerJoin(users, eq(users.id, updates.authorId))
    .leftJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .where(
      and(
        eq(updates.channelId, channelId),
        // An index leads so far back.
        gt(updates.createdAt, new Date(from.getTime() - mostDays * 86_400_000)),
        gte(updates.publishedAt, from),
        lt(updates.publishedAt, to),
        isNull(updates.trashedAt),
      ),
    )
    .orderBy(asc(updates.publishedAt))
    .limit(200)

const minutes = (ms: number) => Math.max(1, Math.round(ms / 60_000))

/**
 * Writes the summary of a day for each room whose time has come by its clock: what was new since that time of the day before, once. A day with
 * nothing new says nothing; a worker that was off until the next day says nothing of this one. @returns how many were written
 */
export async function postSummaries(db: Db, site: MailSite, now: Date): Promise<number> {
  const targets = await db
    .select({ target: postTargets, channel: channels })
    .from(postTargets)
    .innerJoin(channels, eq(channels.id, postTargets.channelId))
    .where(isNull(channels.archivedAt))
  let written = 0
  for (const { target, channel } of targets) {
    const date = localDate(target, now)
    const dueAt = momentAt(target, date, target.time)
    if (now < dueAt || target.createdAt > dueAt) continue
    const isWritten = and(eq(channelPosts.targetId, target.id), eq(channelPosts.about, date))
    if ((await db.$count(channelPosts, isWritten)) > 0) continue
    const found = await publishedIn(db, channel.id, momentAt(target, dateAfter(date, -1), target.time), dueAt)
    if (found.length === 0) continue
    const videoMs = found.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0)
    const title = `${channel.name}: ${found.length} new${videoMs > 0 ? `, ${minutes(videoMs)} min of video` : ''}`
    const lines = found.map(
      (each) => `${each.author}: ${shownTitle(each.title)}${each.durationMs ? ` (${minutes(each.durationMs)} min)` : ''}`,
    )
    const summary = { title, lines, link: { label: 'Watch', url: `${site.publicUrl}/c/${channel.id}` } }
    if (await addPost(db, { targetId: target.id, about: date, summary, now })) written++
  }
  return written
}
