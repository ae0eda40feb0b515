import type { Db } from '@meanwhile/shared/db/client'
import { channels } from '@meanwhile/shared/db/schema/channels'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { seesChannel, seesPlace, type UpdateColumns } from '@meanwhile/shared/db/sees-update'
import { and, asc, eq, isNotNull, not, sql } from 'drizzle-orm'

/** Whose eyes an export is made with. */
export type Scope = { workspaceId: string; userId: string }

/** The one rule what is in an export: what is published and who asked for it sees, as they would in the app. What is said in a pairing is gone after its time, and stays nowhere. */
export const isExported = (scope: Scope, table: UpdateColumns = updates) =>
  and(seesPlace(scope, table), isNotNull(table.publishedAt), not(table.isApart))

const batch = 50

export type ExportedUpdate = typeof updates.$inferSelect & { publishedAt: Date }

/** The updates of an export, oldest first, some at a time. */
export async function* exportedUpdates(db: Db, scope: Scope): AsyncGenerator<ExportedUpdate[]> {
  let last: ExportedUpdate | undefined
  do {
    const behind =
      last && sql`(${updates.createdAt}, ${updates.id}) > (${last.createdAt.toISOString()}::timestamptz, ${last.id}::uuid)`
    const rows = await db
      .select()
      .from(updates)
      .where(and(isExported(scope), behind))
      .orderBy(asc(updates.createdAt), asc(updates.id))
      .limit(batch)
    if (rows.length > 0) yield rows as ExportedUpdate[]
    last = rows.length === batch ? (rows.at(-1) as ExportedUpdate) : undefined
  } while (last)
}

/** How many updates it has. */
export const countUpdates = (db: Db, scope: Scope): Promise<number> => db.$count(updates, isExported(scope))

/** The channels of an export, by name. */
export const exportedChannels = (db: Db, { workspaceId, userId }: Scope) =>
  db
    .select({
      channel: channels,
      memberIds: sql<
        string[]
      >`case when ${channels.isPrivate} then array(select user_id::text from channel_members where channel_id = ${channels.id} order by joined_at) else '{}' end`,
    })
    .from(channels)
    .where(and(eq(channels.workspaceId, workspaceId), seesChannel({ userId, workspaceId })))
    .orderBy(asc(channels.name), asc(channels.id))
