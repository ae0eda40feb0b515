import { and, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { kindRules } from '../working-hours/update-kinds.ts'
import { channels } from './schema/channels.ts'
import { workspaces } from './schema/people.ts'
import { updates } from './schema/updates.ts'

/** How long before an update goes to the trash its author is told. */
export const warningDays = 7

/** As its channel says, else its workspace. */
const placeDays = sql`nullif(coalesce(
  (select ${sql.identifier('retention_days')} from ${channels} where ${sql.identifier('channels')}.${sql.identifier('id')} = ${updates.channelId}),
  (select ${sql.identifier('retention_days')} from ${workspaces} where ${sql.identifier('workspaces')}.${sql.identifier('id')} = ${updates.workspaceId})), 0)`

/** As its kind says, written out so that a query has no parameters for it. */
const kindDays = sql`case ${updates.kind} ${sql.raw(
  Object.entries(kindRules)
    .flatMap(([kind, { staysDays }]) => (staysDays ? [`when '${kind}' then ${staysDays}`] : []))
    .join(' '),
)} end`

/** After how many days an update goes to the trash: by the rule of its place or of its kind, whichever is sooner; null for never. Pairings and interviews have their own times. */
export const retentionDays: SQL<number | null> = sql<
  number | null
>`case when not ${updates.isApart} then least(${placeDays}, ${kindDays}) end`

/** When an update reaches its age. */
const dueAt = sql`${updates.publishedAt} + make_interval(days => ${retentionDays})`

/** When a rule takes it to the trash, never without a warning before; null for never. */
export const expiresAt: SQL<Date | null> = sql<Date | null>`case when ${updates.keptAt} is null and ${dueAt} is not null
  then greatest(${dueAt}, coalesce(${updates.warnedAt}, now()) + make_interval(days => ${warningDays})) end`.mapWith(
  updates.publishedAt,
)

/** Somebody sees it, and a rule counts for it. */
const counts = and(isNull(updates.trashedAt), isNotNull(updates.publishedAt), isNull(updates.keptAt))

/** Its last days have begun. */
export const isNearlyDue = and(counts, sql`${dueAt} <= now() + make_interval(days => ${warningDays})`)

/** It has reached its age, and its author was told in time. */
export const isDue = and(
  counts,
  sql`${dueAt} <= now()`,
  sql`${updates.warnedAt} <= now() - make_interval(days => ${warningDays})`,
)
