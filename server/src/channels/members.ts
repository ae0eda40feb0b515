import type { ChannelMember } from '@meanwhile/shared/contract/channels'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { and, asc, eq, sql } from 'drizzle-orm'
import { type By, recordAudit } from '../audit/record-audit.ts'
import { encodeCursor } from '../cursor.ts'
import { lockMembers } from '../members/access.ts'
import { personColumns } from '../people/person-columns.ts'
import type { ChannelRow } from './access.ts'
import { auditTarget, type NamePage } from './queries.ts'

const { channelMembers, members, users } = schema

/** Members of the workspace who see a channel, each with the row that says so where there is one. */
const insiders = (db: Db, channel: ChannelRow) =>
  db
    .select({
      ...personColumns(users),
      joinedAt: sql<Date>`coalesce(${channelMembers.joinedAt}, ${members.joinedAt})`.mapWith(members.joinedAt),
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .leftJoin(channelMembers, and(eq(channelMembers.userId, members.userId), eq(channelMembers.channelId, channel.id)))

const isInsider = ({ workspaceId, isPrivate }: ChannelRow) =>
  and(eq(members.workspaceId, workspaceId), isPrivate ? sql`${channelMembers.userId} is not null` : undefined)

/** A page of those who see a channel, by name. */
export async function insidersOf(
  db: Db,
  channel: ChannelRow,
  { limit, cursor }: NamePage,
): Promise<{ items: ChannelMember[]; nextCursor: string | null }> {
  const [name, id] = cursor ?? []
  const rows = await insiders(db, channel)
    .where(and(isInsider(channel), cursor && sql`(lower(${users.name}), ${users.id}) > (lower(${name}), ${id}::uuid)`))
    .orderBy(sql`lower(${users.name})`, asc(users.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.name, last.id]) : null }
}

const tell = (tx: Db, { id: channelId, workspaceId }: ChannelRow, options = {}) =>
  notify(tx, workspaceId, { type: 'channel', channelId }, options)

/** @throws {ProblemError} `not-found` for somebody who is not in the workspace */
export const addInsider = (db: Db, channel: ChannelRow, userId: string, by: By): Promise<void> =>
  db.transaction(async (tx) => {
    await lockMembers(tx, channel.workspaceId)
    const isMember = and(eq(members.userId, userId), eq(members.workspaceId, channel.workspaceId))
    if ((await tx.select({ id: members.userId }).from(members).where(isMember)).length === 0) throw new ProblemError('not-found')
    const added = await tx.insert(channelMembers).values({ channelId: channel.id, userId }).onConflictDoNothing().returning()
    if (added.length === 0) return
    await recordAudit(tx, { ...by, action: 'channel.member-added', target: auditTarget(channel) })
    await tell(tx, channel)
  })

/** Who is not in it stays so. @throws {ProblemError} `last-in-channel`: what nobody sees, nobody could bring back */
export const removeInsider = (db: Db, channel: ChannelRow, userId: string, by: By): Promise<void> =>
  db.transaction(async (tx) => {
    // Two who leave at once would both see each other stay.
    await lockMembers(tx, channel.workspaceId)
    const isThis = and(eq(channelMembers.channelId, channel.id), eq(channelMembers.userId, userId))
    const removed = await tx.delete(channelMembers).where(isThis).returning()
    if (removed.length === 0) return
    const left = await insiders(tx, channel).where(isInsider(channel)).limit(1)
    if (left.length === 0) throw new ProblemError('last-in-channel', 'Add somebody first, or archive it.')
    await recordAudit(tx, { ...by, action: 'channel.member-removed', target: auditTarget(channel) })
    await tell(tx, channel)
    await tell(tx, channel, { userId })
    await notify(tx, channel.workspaceId, { type: 'notification' }, { userId })
  })
