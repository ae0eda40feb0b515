import { and, eq, isNotNull, isNull, not, or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { channelMembers, channels } from './schema/channels.ts'
import { updates } from './schema/updates.ts'

/** Somebody in a workspace: known, or columns of a query. */
export type Who = { userId: string | AnyPgColumn; workspaceId: string | AnyPgColumn }
export type UpdateColumns = Record<'trashedAt' | 'workspaceId' | 'publishedAt' | 'authorId' | 'channelId', AnyPgColumn>

const isInside = (channelId: AnyPgColumn, userId: Who['userId']): SQL =>
  sql`exists (select from ${channelMembers} where ${channelMembers.channelId} = ${channelId} and ${channelMembers.userId} = ${userId})`

/** Who sees a channel: its workspace; a private one its members alone, whatever the role of the others. */
export const seesChannel = ({ userId, workspaceId }: Who) =>
  and(eq(channels.workspaceId, workspaceId), or(not(channels.isPrivate), isInside(channels.id, userId)))

/** Published where everybody in the workspace sees it. */
export const isForAll = (table: UpdateColumns = updates) =>
  and(
    isNotNull(table.publishedAt),
    or(
      isNull(table.channelId),
      sql`exists (select from ${channels} where ${channels.id} = ${table.channelId} and not ${channels.isPrivate})`,
    ),
  )

/** Who sees an update if it were not in the trash. */
export const seesUpdateEvenTrashed = ({ userId, workspaceId }: Who, table: UpdateColumns = updates) =>
  and(
    eq(table.workspaceId, workspaceId),
    or(
      isForAll(table),
      and(isNotNull(table.publishedAt), isInside(table.channelId, userId)),
      // A draft is nowhere yet: its author sees it also when the channel was closed to them while they recorded.
      and(isNull(table.publishedAt), eq(table.authorId, userId)),
    ),
  )

/** The one rule who sees an update: once it is published whoever sees its place, before that its author. */
export const seesUpdate = (who: Who, table: UpdateColumns = updates) =>
  and(isNull(table.trashedAt), seesUpdateEvenTrashed(who, table))
