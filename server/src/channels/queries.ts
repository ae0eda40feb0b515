import type { Channel, ChannelChange, ChannelDraft } from '@meanwhile/shared/contract/channels'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type By, recordAudit } from '../audit/record-audit.ts'
import { encodeCursor } from '../cursor.ts'
import { personColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'
import { type ChannelRow, channelManagedBy, channelVisibleTo } from './access.ts'

const { channels, users } = schema

/** Where a list by name goes on: behind this name, and of equal ones behind this id. */
export const NameCursor = z.tuple([z.string().max(300), z.uuid()])
export type NameCursor = z.infer<typeof NameCursor>
export type NamePage = { limit: number; cursor?: NameCursor | undefined }

const memberCount = sql<number>`case when ${channels.isPrivate}
  then (select count(*)::int from channel_members inside join members on members.user_id = inside.user_id
    where inside.channel_id = ${channels.id} and members.workspace_id = ${channels.workspaceId})
  else (select count(*)::int from members where members.workspace_id = ${channels.workspaceId}) end`

const selectChannels = (db: Db, viewer: Viewer) =>
  db
    .select({
      channel: channels,
      createdBy: personColumns(users),
      memberCount,
      canManage: sql<boolean>`coalesce(${channelManagedBy(viewer)}, false)`,
    })
    .from(channels)
    .leftJoin(users, eq(users.id, channels.createdById))
type Row = Awaited<ReturnType<typeof selectChannels>>[number]

const shown = ({ channel, ...rest }: Row): Channel => {
  const { id, name, description, isPrivate, commentsAllowed, retentionDays, createdAt, archivedAt } = channel
  return { id, name, description, isPrivate, commentsAllowed, retentionDays, createdAt, archivedAt, ...rest }
}

/** One channel as its viewer sees it; access was decided before. */
export const channelFor = async (db: Db, channelId: string, viewer: Viewer): Promise<Channel> =>
  shown(one(await selectChannels(db, viewer).where(eq(channels.id, channelId))))

/** A page of the channels that this viewer sees, by name. */
export async function channelsFor(
  db: Db,
  viewer: Viewer,
  { limit, cursor, archived }: NamePage & { archived?: boolean | undefined },
) {
  const [name, id] = cursor ?? []
  const rows = await selectChannels(db, viewer)
    .where(
      and(
        channelVisibleTo(viewer),
        archived === undefined ? undefined : (archived ? isNotNull : isNull)(channels.archivedAt),
        cursor && sql`(lower(${channels.name}), ${channels.id}) > (lower(${name}), ${id}::uuid)`,
      ),
    )
    .orderBy(sql`lower(${channels.name})`, asc(channels.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(shown)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.name, last.id]) : null }
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && ((error as { constraint_name?: string }).constraint_name === 'channels_name' || isTaken(error.cause))

/** @throws {ProblemError} `channel-name-taken` instead of what the database says */
const unlessTaken = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error) => {
    throw isTaken(error) ? new ProblemError('channel-name-taken', 'Choose another name.') : error
  })

const tell = (tx: Db, { id: channelId, workspaceId }: Pick<ChannelRow, 'id' | 'workspaceId'>) =>
  notify(tx, workspaceId, { type: 'channel', channelId })

/** A channel as the audit log names it: owner and admins read that log, and of a private one it tells them nothing. */
export const auditTarget = ({ id, name, isPrivate }: ChannelRow) => ({ type: 'channel', id, name: isPrivate ? null : name })

/** @returns its id @throws {ProblemError} `channel-name-taken` */
export const addChannel = (db: Db, creator: Viewer, draft: ChannelDraft, from: string): Promise<string> =>
  unlessTaken(
    db.transaction(async (tx) => {
      const values = { ...draft, workspaceId: creator.workspace.id, createdById: creator.id }
      const channel = one(await tx.insert(channels).values(values).returning())
      if (channel.isPrivate) await tx.insert(schema.channelMembers).values({ channelId: channel.id, userId: creator.id })
      await recordAudit(tx, { actor: creator, action: 'channel.created', target: auditTarget(channel), from })
      await tell(tx, channel)
      return channel.id
    }),
  )

/** What is named changes. @throws {ProblemError} `channel-name-taken`, also when it comes out of the archive */
export const editChannel = (db: Db, channel: ChannelRow, { archived, ...change }: ChannelChange, by: By): Promise<void> =>
  unlessTaken(
    db.transaction(async (tx) => {
      const archivedAt = archived ? sql`coalesce(${channels.archivedAt}, now())` : null
      const set = { ...change, ...(archived === undefined ? {} : { archivedAt }) }
      if (Object.values(set).every((value) => value === undefined)) return
      const changed = one(await tx.update(channels).set(set).where(eq(channels.id, channel.id)).returning())
      const isMoved = (changed.archivedAt === null) !== (channel.archivedAt === null)
      const action = isMoved ? (archived ? 'channel.archived' : 'channel.restored') : 'channel.changed'
      const isRenamed = changed.name !== channel.name && !changed.isPrivate
      const details = {
        ...(isRenamed ? { before: channel.name, now: changed.name } : {}),
        ...(changed.retentionDays === channel.retentionDays ? {} : { retentionDays: changed.retentionDays }),
      }
      await recordAudit(tx, { ...by, action, target: auditTarget(changed), details })
      await tell(tx, channel)
    }),
  )
