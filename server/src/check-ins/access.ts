import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { seesCheckIn } from '@meanwhile/shared/db/sees-check-in'
import { and, eq } from 'drizzle-orm'
import type { Viewer } from '../session.ts'

const { checkIns, roundPeople, rounds } = schema
export type CheckInRow = typeof checkIns.$inferSelect
export type RoundRow = typeof rounds.$inferSelect
/** A round with the check-in that it belongs to. */
export type SeenRound = { round: RoundRow; checkIn: CheckInRow }

export const checkInVisibleTo = ({ id, workspace }: Viewer) => seesCheckIn({ userId: id, workspaceId: workspace.id })

/** Who made it, the owner and admins, as far as they see it. */
export const managesCheckIn = ({ createdById }: Pick<CheckInRow, 'createdById'>, { id, role }: Viewer): boolean =>
  role !== 'member' || createdById === id

/** @throws {ProblemError} `not-found`, alike for what does not exist and what this viewer may not see */
export async function requireVisibleCheckIn(db: Db, checkInId: string, viewer: Viewer): Promise<CheckInRow> {
  const [checkIn] = await db
    .select()
    .from(checkIns)
    .where(and(eq(checkIns.id, checkInId), checkInVisibleTo(viewer)))
  if (!checkIn) throw new ProblemError('not-found')
  return checkIn
}

/** @throws {ProblemError} `not-found`, or `forbidden` for those who may look only */
export async function requireManagedCheckIn(db: Db, checkInId: string, viewer: Viewer): Promise<CheckInRow> {
  const checkIn = await requireVisibleCheckIn(db, checkInId, viewer)
  if (!managesCheckIn(checkIn, viewer))
    throw new ProblemError('forbidden', 'Only who created it, the owner or an admin can do this.')
  return checkIn
}

/** @throws {ProblemError} `not-found` */
export async function requireVisibleRound(db: Db, roundId: string, viewer: Viewer): Promise<SeenRound> {
  const [found] = await db
    .select({ round: rounds, checkIn: checkIns })
    .from(rounds)
    .innerJoin(checkIns, eq(checkIns.id, rounds.checkInId))
    .where(and(eq(rounds.id, roundId), checkInVisibleTo(viewer)))
  if (!found) throw new ProblemError('not-found')
  return found
}

/** Those whom it asks; nobody else changes what it says of them until the transaction ends. @throws {ProblemError} `not-found`, `forbidden` */
export async function requireAskedRound(tx: Db, roundId: string, viewer: Viewer) {
  const seen = await requireVisibleRound(tx, roundId, viewer)
  const [person] = await tx
    .select()
    .from(roundPeople)
    .where(and(eq(roundPeople.roundId, roundId), eq(roundPeople.userId, viewer.id), eq(roundPeople.role, 'participant')))
    .for('update')
  if (!person) throw new ProblemError('forbidden', 'This round does not ask you.')
  return { ...seen, person }
}
