import { type Db, schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import type { UpdateRow } from './access.ts'

const { channels } = schema

/** An update as the audit log names it: owner and admins read that log, and of a private channel or a pairing it tells them nothing. */
export async function auditTarget(
  tx: Db,
  { id, title, channelId, isApart }: Pick<UpdateRow, 'id' | 'title' | 'channelId' | 'isApart'>,
) {
  const [channel] = channelId ? await tx.select().from(channels).where(eq(channels.id, channelId)) : []
  return { type: 'update', id, name: channel?.isPrivate || isApart ? null : title }
}
