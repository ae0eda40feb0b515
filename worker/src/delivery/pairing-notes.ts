import { type Db, schema } from '@meanwhile/shared/db/client'
import { isOfPairing } from '@meanwhile/shared/db/pairing-note'
import { and, asc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'

const { notifications, pairings, users } = schema

export type PairingKind = 'pairing' | 'pairing-shown'

/** What a person is to hear of their pairings in a window, as `waitingFor` is for updates: not read, told by no digest, and still so. */
export const pairingNotes = (db: Db, userId: string, before: Date) =>
  db
    .select({
      id: notifications.id,
      kind: sql<PairingKind>`${notifications.kind}`,
      actor: users.name,
      pairingId: pairings.id,
      question: pairings.question,
    })
    .from(notifications)
    .innerJoin(pairings, eq(pairings.id, notifications.pairingId))
    .innerJoin(users, eq(users.id, notifications.actorId))
    .where(
      and(
        eq(notifications.userId, userId),
        inArray(notifications.kind, ['pairing', 'pairing-shown']),
        isNull(notifications.readAt),
        isNull(notifications.digestedAt),
        lt(notifications.createdAt, before),
        isOfPairing(userId),
      ),
    )
    .orderBy(asc(notifications.createdAt), asc(notifications.id))
    .limit(20)
    .for('update', { of: notifications, skipLocked: true })
export type PairingNote = Awaited<ReturnType<typeof pairingNotes>>[number]
