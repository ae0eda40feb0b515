import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { notifications } from './schema/notifications.ts'

/** What a notification says of a pairing still is so: it waits for this person, or its answers are there. */
export const isOfPairing = (userId: string | AnyPgColumn): SQL =>
  sql`exists (select from pairings paired join pairing_people mine on mine.pairing_id = paired.id
    join members on members.workspace_id = paired.workspace_id and members.user_id = mine.user_id
    where paired.id = ${notifications.pairingId} and paired.erased_at is null and mine.user_id = ${userId} and mine.withdrawn_at is null
      and case ${notifications.kind} when 'pairing' then mine.answered_at is null and paired.closed_at is null else paired.revealed_at is not null and mine.answered_at is not null end)`
