import type { Position } from '@meanwhile/shared/contract/positions'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { isHandedIn } from '@meanwhile/shared/db/handed-in'
import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { personColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'
import { positionRoleOf, positionVisibleTo } from './access.ts'

const { members, positionPeople, positions, users } = schema

const ofOwners = sql`case ${positionPeople.role} when 'owner' then 0 when 'reviewer' then 1 else 2 end`

/** Who has a role in some positions, owners first. Whoever left the workspace is not there any more. */
async function peopleOf(db: Db, ids: string[]) {
  if (ids.length === 0) return []
  return db
    .select({ positionId: positionPeople.positionId, role: positionPeople.role, person: personColumns(users) })
    .from(positionPeople)
    .innerJoin(positions, eq(positions.id, positionPeople.positionId))
    .innerJoin(members, and(eq(members.userId, positionPeople.userId), eq(members.workspaceId, positions.workspaceId)))
    .innerJoin(users, eq(users.id, positionPeople.userId))
    .where(inArray(positionPeople.positionId, ids))
    .orderBy(ofOwners, asc(users.name))
}

const counts = sql<Position['counts']>`(select json_build_object(
  'invited', count(*) filter (where c.consented_at is null and c.withdrawn_at is null),
  'started', count(*) filter (where c.consented_at is not null and c.withdrawn_at is null and not ${isHandedIn('c')}),
  'submitted', count(*) filter (where ${isHandedIn('c')}),
  'withdrawn', count(*) filter (where c.withdrawn_at is not null))
  from candidate_invitations c where c.position_id = positions.id and c.revoked_at is null)`

async function viewsOf(db: Db, viewer: Viewer, which: SQL | undefined): Promise<Position[]> {
  const rows = await db
    .select({ position: positions, role: positionRoleOf(viewer), counts })
    .from(positions)
    .where(and(positionVisibleTo(viewer), which))
    .orderBy(desc(isNull(positions.closedAt)), desc(positions.createdAt), desc(positions.id))
  const people = await peopleOf(
    db,
    rows.map(({ position }) => position.id),
  )
  return rows.flatMap(({ position, role, counts }) => {
    const { id, title, deleteAfterDays, promiseDays, remindsCandidates, hidesNames, createdAt, closedAt } = position
    const own = people.filter(({ positionId }) => positionId === id).map(({ person, role }) => ({ person, role }))
    const rules = { deleteAfterDays, promiseDays, remindsCandidates, hidesNames }
    return role ? [{ id, title, role, ...rules, createdAt, closedAt, people: own, counts }] : []
  })
}

export const positionsFor = (db: Db, viewer: Viewer): Promise<Position[]> => viewsOf(db, viewer, undefined)

/** Access was decided before. */
export const positionFor = async (db: Db, positionId: string, viewer: Viewer): Promise<Position> =>
  one(await viewsOf(db, viewer, eq(positions.id, positionId)))
