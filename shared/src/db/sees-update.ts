import { and, eq, isNotNull, isNull, not, or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { isHandedIn } from './handed-in.ts'
import { channelMembers, channels } from './schema/channels.ts'
import { candidateInvitations, interviewAnswers, interviews, positionPeople } from './schema/interviews.ts'
import { pairingPeople, pairings } from './schema/pairings.ts'
import { members } from './schema/people.ts'
import { updateGrants } from './schema/update-grants.ts'
import { updates } from './schema/updates.ts'

/** Somebody in a workspace: known, or columns of a query. */
export type Who = { userId: string | AnyPgColumn; workspaceId: string | AnyPgColumn }
export type UpdateColumns = Record<
  'id' | 'trashedAt' | 'workspaceId' | 'publishedAt' | 'authorId' | 'channelId' | 'pairingId' | 'isApart' | 'isInterview',
  AnyPgColumn
>

const isInside = (channelId: AnyPgColumn, userId: Who['userId']): SQL =>
  sql`exists (select from ${channelMembers} where ${channelMembers.channelId} = ${channelId} and ${channelMembers.userId} = ${userId})`

/** Who sees a channel: its workspace; a private one its members alone, whatever the role of the others. */
export const seesChannel = ({ userId, workspaceId }: Who) =>
  and(eq(channels.workspaceId, workspaceId), or(not(channels.isPrivate), isInside(channels.id, userId)))

/** Published where everybody in the workspace sees it. */
export const isForAll = (table: UpdateColumns = updates) =>
  and(
    isNotNull(table.publishedAt),
    not(table.isApart),
    or(
      isNull(table.channelId),
      sql`exists (select from ${channels} where ${channels.id} = ${table.channelId} and not ${channels.isPrivate})`,
    ),
  )

/** Of an answer to a pairing: its author, and once the answers are shown those who have answered, of those who are in it still. */
const isInPairing = (userId: Who['userId'], table: UpdateColumns): SQL | undefined =>
  and(
    isNotNull(table.pairingId),
    isNotNull(table.publishedAt),
    or(
      eq(table.authorId, userId),
      sql`exists (select from ${pairings} ${sql.identifier('shown')}
        join ${pairingPeople} ${sql.identifier('mine')} on mine.pairing_id = shown.id and mine.user_id = ${userId} and mine.withdrawn_at is null and mine.answered_at is not null
        join ${pairingPeople} ${sql.identifier('theirs')} on theirs.pairing_id = shown.id and theirs.user_id = ${table.authorId} and theirs.withdrawn_at is null
        where shown.id = ${table.pairingId} and shown.revealed_at is not null and shown.erased_at is null)`,
    ),
  )

/** Of an interview's questions and answers: their author, and who has a role in a position that asks them, or whose candidate handed them in. */
const isInInterview = (userId: Who['userId'], table: UpdateColumns): SQL | undefined =>
  and(
    table.isInterview,
    isNotNull(table.publishedAt),
    or(
      eq(table.authorId, userId),
      sql`exists (select from ${interviews} ${sql.identifier('asking')}
        join ${positionPeople} ${sql.identifier('seat')} on seat.position_id = asking.position_id and seat.user_id = ${userId}
        where asking.video_ids @> array[${table.id}])`,
      sql`exists (select from ${interviewAnswers} ${sql.identifier('take')}
        join ${candidateInvitations} ${sql.identifier('invited')} on invited.id = take.invitation_id and ${isHandedIn('invited')}
        join ${positionPeople} ${sql.identifier('seat')} on seat.position_id = invited.position_id and seat.user_id = ${userId}
        where take.update_id = ${table.id} and take.is_chosen)`,
    ),
  )

/** Who sees the place of an update, and so itself, if it were not in the trash. */
export const seesPlaceEvenTrashed = ({ userId, workspaceId }: Who, table: UpdateColumns = updates) =>
  and(
    eq(table.workspaceId, workspaceId),
    or(
      isForAll(table),
      and(isNotNull(table.publishedAt), isInside(table.channelId, userId)),
      isInPairing(userId, table),
      isInInterview(userId, table),
      // A draft is nowhere yet: its author sees it also when the channel was closed to them while they recorded.
      and(isNull(table.publishedAt), eq(table.authorId, userId)),
    ),
  )

/** Just so of what is not in the trash: what is listed, exported and decided by whoever belongs there. */
export const seesPlace = (who: Who, table: UpdateColumns = updates) =>
  and(isNull(table.trashedAt), seesPlaceEvenTrashed(who, table))

/** Whose grants hold: those of people who still see the place. Whoever was taken out of it keeps no door open. */
const holds = (table: UpdateColumns) => sql`exists (select from ${members} ${sql.identifier('giver')}
  where giver.user_id = ${updateGrants.grantedById} and giver.workspace_id = ${table.workspaceId} and ${table.publishedAt} is not null
    and (${isForAll(table)} or exists (select from ${channelMembers} ${sql.identifier('seat')} where seat.channel_id = ${table.channelId} and seat.user_id = giver.user_id)))`

/** Who was let in to this one update, wherever else they belong. */
export const isLetIn = (userId: Who['userId'], table: UpdateColumns = updates) =>
  sql`exists (select from ${updateGrants} where ${updateGrants.updateId} = ${table.id} and ${updateGrants.userId} = ${userId} and ${holds(table)})`

/** Who sees an update if it were not in the trash. */
export const seesUpdateEvenTrashed = (who: Who, table: UpdateColumns = updates) =>
  or(seesPlaceEvenTrashed(who, table), isLetIn(who.userId, table))

/** The one rule who sees an update: once it is published whoever sees its place or was let in, before that its author. */
export const seesUpdate = (who: Who, table: UpdateColumns = updates) =>
  and(isNull(table.trashedAt), seesUpdateEvenTrashed(who, table))

/** The ids of those who were let in. */
export const peopleLetIn = (table: UpdateColumns = updates) =>
  sql`(select ${updateGrants.userId} as user_id from ${updateGrants} where ${updateGrants.updateId} = ${table.id} and ${holds(table)})`

/** The ids of all who see an update, each of them once, if it were not in the trash. */
export const peopleWhoSee = (table: UpdateColumns = updates) =>
  sql`(select ${members.userId} as user_id from ${members} where ${seesPlaceEvenTrashed({ userId: members.userId, workspaceId: members.workspaceId }, table)}
    union ${peopleLetIn(table)})`
