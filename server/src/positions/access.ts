import type { PositionRole } from '@meanwhile/shared/contract/positions'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '../session.ts'
import type { InvitationRow, PositionRow } from './rows.ts'

const { candidateInvitations, positions } = schema

// Columns are written out: what is selected from one table names them without it, and a subquery has others of that name.

/** The role that somebody was given, null without one. @param viewer one who is a member */
const givenRole = ({ id }: Viewer): SQL<PositionRole | null> =>
  sql`(select mine.role from position_people mine where mine.position_id = positions.id and mine.user_id = ${id})`

/** All its owners have left the workspace: it would be nobody's, with what candidates said in it. */
export const isOrphaned = sql`not exists (select from position_people kept join members on members.user_id = kept.user_id
  and members.workspace_id = positions.workspace_id where kept.position_id = positions.id and kept.role = 'owner')`

/** The role of a viewer: the one that they were given; the owner of the workspace is owner of what all owners left. */
export const positionRoleOf = (viewer: Viewer): SQL<PositionRole | null> =>
  viewer.role === 'owner' ? sql`case when ${isOrphaned} then 'owner' else ${givenRole(viewer)} end` : givenRole(viewer)

/** The one rule who sees a position, its interview and its candidates: who has a role in it. */
export const positionVisibleTo = (viewer: Viewer) =>
  and(eq(positions.workspaceId, viewer.workspace.id), isNotNull(positionRoleOf(viewer)))

export type SeenPosition = { position: PositionRow; role: PositionRole }

/** @throws {ProblemError} `not-found`, alike for what does not exist and what this viewer may not see */
export async function requireVisiblePosition(db: Db, positionId: string, viewer: Viewer): Promise<SeenPosition> {
  const [found] = await db
    .select({ position: positions, role: positionRoleOf(viewer) })
    .from(positions)
    .where(and(eq(positions.id, positionId), positionVisibleTo(viewer)))
  if (!found?.role) throw new ProblemError('not-found')
  return { position: found.position, role: found.role }
}

/** @throws {ProblemError} `not-found`, or `forbidden` for reviewers and observers */
export async function requireOwnedPosition(db: Db, positionId: string, viewer: Viewer): Promise<PositionRow> {
  const { position, role } = await requireVisiblePosition(db, positionId, viewer)
  if (role !== 'owner') throw new ProblemError('forbidden', 'Only the owners of the position can do this.')
  return position
}

/** @throws {ProblemError} as `requireOwnedPosition`, and `position-closed` */
export async function requireOpenPosition(db: Db, positionId: string, viewer: Viewer): Promise<PositionRow> {
  const position = await requireOwnedPosition(db, positionId, viewer)
  if (position.closedAt) throw new ProblemError('position-closed', 'Open it again first.')
  return position
}

/** The position as it is; what changes it, its people, its interview or whom it invites follows each other until the transaction ends. */
export const lockPosition = async (tx: Db, positionId: string): Promise<PositionRow> =>
  one(await tx.select().from(positions).where(eq(positions.id, positionId)).for('no key update'))

export type SeenInvitation = SeenPosition & { invitation: InvitationRow }

/** @throws {ProblemError} `not-found` */
export async function requireVisibleInvitation(db: Db, invitationId: string, viewer: Viewer): Promise<SeenInvitation> {
  const [invitation] = await db.select().from(candidateInvitations).where(eq(candidateInvitations.id, invitationId))
  if (!invitation) throw new ProblemError('not-found')
  return { invitation, ...(await requireVisiblePosition(db, invitation.positionId, viewer)) }
}

/** @throws {ProblemError} `not-found`, or `forbidden` for reviewers and observers */
export async function requireOwnedInvitation(db: Db, invitationId: string, viewer: Viewer): Promise<SeenInvitation> {
  const found = await requireVisibleInvitation(db, invitationId, viewer)
  if (found.role !== 'owner') throw new ProblemError('forbidden', 'Only the owners of the position can do this.')
  return found
}
