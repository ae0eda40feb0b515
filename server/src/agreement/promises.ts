import type { ChannelName } from '@meanwhile/shared/contract/channels'
import type { Promises } from '@meanwhile/shared/contract/promises'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { seesPlace } from '@meanwhile/shared/db/sees-update'
import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { nameOf } from '../channels/access.ts'
import type { Viewer } from '../session.ts'

const { callChoices, channels, comments, updates } = schema

/** With fewer, a number would say who: at least so many answers, owed by so many people. */
const fewestDue = 5
const fewestPeople = 3

const monthOf = (at: unknown) => sql<string>`to_char(${at} at time zone 'UTC', 'YYYY-MM')`
const firstMonth = (now: Date, months: number) =>
  sql`date_trunc('month', ${now.toISOString()}::timestamptz, 'UTC') - make_interval(months => ${months - 1})`

/** How promises were kept where this viewer belongs: per channel and month, never per person. */
export async function promisesOf(db: Db, viewer: Viewer, months: number, now: Date): Promise<Promises[]> {
  const month = monthOf(comments.dueAt)
  const isDue = sql`${comments.dueAt} >= ${firstMonth(now, months)} and ${comments.dueAt} <= ${now.toISOString()}::timestamptz`
  const isPromise = and(
    isNotNull(comments.ownerId),
    isNotNull(comments.publishedAt),
    isNull(comments.deletedAt),
    isNull(comments.hiddenAt),
    isDue,
  )
  const rows = await db
    .select({
      channelId: updates.channelId,
      month: month.as('month'),
      due: sql<number>`count(*)::int`.as('due'),
      answered: sql<number>`count(${comments.resolvedAt})::int`,
      inTime: sql<number>`(count(*) filter (where ${comments.resolvedAt} <= ${comments.dueAt}))::int`,
    })
    .from(comments)
    .innerJoin(updates, eq(updates.id, comments.updateId))
    .where(and(isPromise, seesPlace({ userId: viewer.id, workspaceId: viewer.workspace.id })))
    .groupBy(updates.channelId, sql`month`)
    .having(sql`count(*) >= ${fewestDue} and count(distinct ${comments.ownerId}) >= ${fewestPeople}`)
    .orderBy(sql`month desc, due desc`)
  const names = await namesOf(
    db,
    rows.flatMap(({ channelId }) => channelId ?? []),
  )
  return rows.map(({ channelId, ...row }) => ({ ...row, channel: channelId === null ? null : (names.get(channelId) ?? null) }))
}

async function namesOf(db: Db, channelIds: string[]): Promise<Map<string, ChannelName>> {
  if (channelIds.length === 0) return new Map()
  const rows = await db.select().from(channels).where(inArray(channels.id, channelIds))
  return new Map(rows.map((row) => [row.id, nameOf(row)]))
}

/** How often a call was the right choice, per month. */
export const callsOf = (db: Db, workspaceId: string, months: number, now: Date): Promise<{ month: string; count: number }[]> =>
  db
    .select({ month: monthOf(callChoices.chosenAt).as('month'), count: sql<number>`count(*)::int` })
    .from(callChoices)
    .where(and(eq(callChoices.workspaceId, workspaceId), sql`${callChoices.chosenAt} >= ${firstMonth(now, months)}`))
    .groupBy(sql`month`)
    .orderBy(sql`month desc`)
