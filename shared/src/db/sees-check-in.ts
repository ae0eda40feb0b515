import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { channelMembers, channels } from './schema/channels.ts'
import { checkIns } from './schema/check-ins.ts'
import type { Who } from './sees-update.ts'

/** The one rule who sees a check-in, its rounds and who is asked: whoever sees the place where its answers are posted. */
export const seesCheckIn = ({ userId, workspaceId }: Who) =>
  and(
    eq(checkIns.workspaceId, workspaceId),
    or(
      isNull(checkIns.channelId),
      sql`exists (select from ${channels} where ${channels.id} = ${checkIns.channelId} and (not ${channels.isPrivate} or exists (
        select from ${channelMembers} where ${channelMembers.channelId} = ${channels.id} and ${channelMembers.userId} = ${userId})))`,
    ),
  )
