import { randomBytes } from 'node:crypto'
import type { ChannelName } from '@meanwhile/shared/contract/channels'
import type { PodcastFeed } from '@meanwhile/shared/contract/podcasts'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { seesCheckIn } from '@meanwhile/shared/db/sees-check-in'
import { seesChannel, seesPlace } from '@meanwhile/shared/db/sees-update'
import { and, desc, eq, isNotNull, isNull, not, or, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit.ts'
import { tokenHash } from '../auth/token-hash.ts'
import { channelVisibleTo, nameOf } from '../channels/access.ts'
import { pictureOf } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'

const { answers, assets, channels, checkIns, members, podcastFeeds, rounds, updates, users, videos, workspaces } = schema
type FeedRow = typeof podcastFeeds.$inferSelect

/** So many of the latest are in a feed. */
const mostEpisodes = 100

const areOf = ({ id, workspace }: Viewer) => and(eq(podcastFeeds.userId, id), eq(podcastFeeds.workspaceId, workspace.id))

/** What a feed is of; neither: all. */
type Series = { channel: ChannelName | null; checkIn: { id: string; name: string } | null }

/** The feeds of somebody in their workspace, newest first; those of what they do not see any more are left out. */
export async function feedsOf(db: Db, viewer: Viewer): Promise<PodcastFeed[]> {
  const rows = await db
    .select({ feed: podcastFeeds, channel: channels, checkIn: { id: checkIns.id, name: checkIns.name } })
    .from(podcastFeeds)
    .leftJoin(checkIns, eq(checkIns.id, podcastFeeds.checkInId))
    .leftJoin(
      channels,
      and(sql`${channels.id} = coalesce(${podcastFeeds.channelId}, ${checkIns.channelId})`, channelVisibleTo(viewer)),
    )
    .where(
      and(areOf(viewer), sql`(coalesce(${podcastFeeds.channelId}, ${checkIns.channelId}) is null or ${channels.id} is not null)`),
    )
    .orderBy(desc(podcastFeeds.createdAt), desc(podcastFeeds.id))
  return rows.map(({ feed: { id, createdAt, readAt }, channel, checkIn }) => ({
    id,
    channel: channel && !checkIn ? nameOf(channel) : null,
    checkIn,
    createdAt,
    readAt,
  }))
}

const targetOf = (id: string, name: string | null) => ({ type: 'podcast', id, name })

/** The token is returned this once; the table keeps its hash. One of the same channel stops to work. */
export const addFeed = (db: Db, viewer: Viewer, { channel, checkIn }: Series, from: string) =>
  db.transaction(async (tx) => {
    // One after the other: there is one of each.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, viewer.id)).for('no key update')
    const ofOne = { channelId: channel?.id ?? null, checkInId: checkIn?.id ?? null }
    const isSame = sql`(${podcastFeeds.channelId}, ${podcastFeeds.checkInId}) is not distinct from (${ofOne.channelId}::uuid, ${ofOne.checkInId}::uuid)`
    await tx.delete(podcastFeeds).where(and(areOf(viewer), isSame))
    const token = randomBytes(32).toString('base64url')
    const values = {
      workspaceId: viewer.workspace.id,
      userId: viewer.id,
      ...ofOne,
      tokenHash: tokenHash(token),
    }
    const { id, createdAt } = one(await tx.insert(podcastFeeds).values(values).returning())
    await recordAudit(tx, {
      actor: viewer,
      action: 'podcast.created',
      // What a private channel, or a check-in in one, is called is not for whoever reads the log.
      target: targetOf(id, channel && !channel.isPrivate ? channel.name : null),
      from,
    })
    return { id, createdAt, token }
  })

/** False when this person has no such feed here. */
export const revokeFeed = (db: Db, viewer: Viewer, feedId: string, from: string): Promise<boolean> =>
  db.transaction(async (tx) => {
    const [row] = await tx
      .delete(podcastFeeds)
      .where(and(eq(podcastFeeds.id, feedId), areOf(viewer)))
      .returning()
    if (row) await recordAudit(tx, { actor: viewer, action: 'podcast.revoked', target: targetOf(row.id, null), from })
    return row !== undefined
  })

const openFeed = (db: Db) =>
  db
    .select({
      feed: podcastFeeds,
      person: users.name,
      workspace: workspaces.name,
      channel: channels.name,
      checkIn: checkIns.name,
    })
    .from(podcastFeeds)
    .innerJoin(members, and(eq(members.workspaceId, podcastFeeds.workspaceId), eq(members.userId, podcastFeeds.userId)))
    .innerJoin(users, eq(users.id, podcastFeeds.userId))
    .innerJoin(workspaces, eq(workspaces.id, podcastFeeds.workspaceId))
    .leftJoin(channels, eq(channels.id, podcastFeeds.channelId))
    .leftJoin(checkIns, eq(checkIns.id, podcastFeeds.checkInId))
export type OpenFeed = Awaited<ReturnType<typeof openFeed>>[number]

/** Whether its person still sees what the feed is of. */
const reader = { userId: podcastFeeds.userId, workspaceId: podcastFeeds.workspaceId }
const isInSight = and(
  or(isNull(podcastFeeds.channelId), seesChannel(reader)),
  or(isNull(podcastFeeds.checkInId), seesCheckIn(reader)),
)

/**
 * The feed of a token, while its person is a member and sees what it is of; that it was read is noted at most once a minute. Undefined for
 * every other token.
 */
export async function findFeed(db: Db, token: string): Promise<OpenFeed | undefined> {
  const [found] = await openFeed(db).where(and(eq(podcastFeeds.tokenHash, tokenHash(token)), isInSight))
  if (found) {
    const hasRested = sql`coalesce(${podcastFeeds.readAt} < now() - interval '1 minute', true)`
    await db
      .update(podcastFeeds)
      .set({ readAt: sql`now()` })
      .where(and(eq(podcastFeeds.id, found.feed.id), hasRested))
  }
  return found
}

/** What of a feed's place its person sees at this moment, with the sound of it. */
const heardIn = ({ userId, workspaceId, channelId, checkInId }: FeedRow) =>
  and(
    seesPlace({ userId, workspaceId }),
    isNotNull(updates.publishedAt),
    not(updates.isApart),
    channelId ? eq(updates.channelId, channelId) : undefined,
    checkInId
      ? sql`exists (select from ${answers} join ${rounds} on ${rounds.id} = ${answers.roundId} where ${answers.updateId} = ${updates.id} and ${rounds.checkInId} = ${checkInId})`
      : undefined,
  )

const episodes = (db: Db) =>
  db
    .select({
      id: updates.id,
      title: updates.title,
      body: updates.body,
      publishedAt: updates.publishedAt,
      author: users.name,
      picture: pictureOf(users),
      key: assets.key,
      sizeBytes: assets.sizeBytes,
      durationMs: assets.durationMs,
    })
    .from(updates)
    .innerJoin(users, eq(users.id, updates.authorId))
    .innerJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .innerJoin(assets, and(eq(assets.videoId, videos.id), eq(assets.name, 'audio')))
export type Episode = Awaited<ReturnType<typeof episodes>>[number]

/** What is in a feed, newest first. */
export const episodesOf = (db: Db, feed: FeedRow): Promise<Episode[]> =>
  episodes(db).where(heardIn(feed)).orderBy(desc(updates.createdAt), desc(updates.id)).limit(mostEpisodes)

/** The sound of one update, where the feed's person may hear it still. */
export async function findEpisode(db: Db, feedId: string, updateId: string): Promise<Episode | undefined> {
  const [found] = await openFeed(db).where(eq(podcastFeeds.id, feedId))
  if (!found) return undefined
  const [episode] = await episodes(db).where(and(eq(updates.id, updateId), heardIn(found.feed)))
  return episode
}
