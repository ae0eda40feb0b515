import type { ChannelName } from '@meanwhile/shared/contract/channels'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { seesChannel } from '@meanwhile/shared/db/sees-update'
import { and, eq, sql } from 'drizzle-orm'
import type { Reader, Viewer } from '../session.ts'

const { channelMembers, channels } = schema
export type ChannelRow = typeof channels.$inferSelect

/** Whether a viewer sees a channel, as a condition: see `seesChannel`. */
export const channelVisibleTo = ({ id, workspace }: Viewer) => seesChannel({ userId: id, workspaceId: workspace.id })

/**
 * Whether a viewer who sees a channel may rename, archive and so on, as a condition: its creator, the owner and admins. When the creator
 * of a private one has left it, its members take over: nobody else may be there to do so.
 */
export const channelManagedBy = ({ id, role }: Viewer) =>
  role !== 'member'
    ? sql<boolean>`true`
    : sql<boolean>`(${channels.createdById} = ${id} or (${channels.isPrivate} and not exists (select from ${channelMembers}
        where ${channelMembers.channelId} = ${channels.id} and ${channelMembers.userId} = ${channels.createdById})))`

/** @throws {ProblemError} `not-found`, alike for what does not exist and what this viewer may not see */
export async function requireVisibleChannel(db: Db, channelId: string, viewer: Viewer): Promise<ChannelRow> {
  const [channel] = await db
    .select()
    .from(channels)
    .where(and(eq(channels.id, channelId), channelVisibleTo(viewer)))
  if (!channel) throw new ProblemError('not-found')
  return channel
}

/** @throws {ProblemError} `not-found`, or `forbidden` for those who may look only */
export async function requireManagedChannel(db: Db, channelId: string, viewer: Viewer): Promise<ChannelRow> {
  const channel = await requireVisibleChannel(db, channelId, viewer)
  const isManaged = and(eq(channels.id, channelId), channelManagedBy(viewer))
  if ((await db.select({ id: channels.id }).from(channels).where(isManaged)).length === 0)
    throw new ProblemError('forbidden', 'Only who created it, the owner or an admin can do this.')
  return channel
}

/** A private one, whose members decide who is in it. @throws {ProblemError} `not-found`, `channel-open` */
export async function requirePrivateChannel(db: Db, channelId: string, viewer: Viewer): Promise<ChannelRow> {
  const channel = await requireVisibleChannel(db, channelId, viewer)
  if (!channel.isPrivate) throw new ProblemError('channel-open')
  return channel
}

/** One that takes something new; it is not archived until the transaction ends. @throws {ProblemError} `not-found`, `channel-archived` */
export async function requirePostable(tx: Db, channelId: string, viewer: Viewer): Promise<void> {
  const [channel] = await tx
    .select()
    .from(channels)
    .where(and(eq(channels.id, channelId), channelVisibleTo(viewer)))
    .for('share')
  if (!channel) throw new ProblemError('not-found')
  if (channel.archivedAt) throw new ProblemError('channel-archived', 'Choose another channel.')
}

export const takesComments = ({ archivedAt, commentsAllowed }: Pick<ChannelRow, 'archivedAt' | 'commentsAllowed'>): boolean =>
  archivedAt === null && commentsAllowed

/** @throws {ProblemError} `channel-archived`, `comments-off`; `forbidden` for guests, who need not know of a channel */
export async function requireCommentable(
  tx: Db,
  { channelId }: { channelId: string | null },
  { role }: Pick<Reader, 'role'>,
): Promise<void> {
  if (!channelId) return
  const [channel] = await tx.select().from(channels).where(eq(channels.id, channelId)).for('share')
  if (!channel || takesComments(channel)) return
  if (role === 'guest') throw new ProblemError('forbidden', 'Nothing more can be written here.')
  throw new ProblemError(channel.archivedAt ? 'channel-archived' : 'comments-off')
}

/** What is told of a channel wherever something is in it. */
export const nameOf = ({ id, name, isPrivate, archivedAt }: ChannelRow): ChannelName => ({
  id,
  name,
  isPrivate,
  isArchived: archivedAt !== null,
})
