import type { WaitingCandidates } from '@meanwhile/shared/contract/waiting-candidates'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { handedInAt, isHandedIn } from '@meanwhile/shared/db/handed-in'
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import { positionRoleOf } from '../positions/access.ts'
import type { Viewer } from '../session.ts'

const { positions } = schema

/** What candidates were promised by positions that the viewer owns, by when the first of each is to hear; a decision but to wait keeps the promise. */
export async function waitingCandidatesOf(db: Db, viewer: Viewer, now: Date): Promise<WaitingCandidates[]> {
  const waiting = sql`(select count(*)::int as count, min(${handedInAt('c')}) as since
    from candidate_invitations c
    where c.position_id = ${positions.id} and (c.decision is null or c.decision = 'hold') and ${isHandedIn('c')})`
  const dueAt = sql<Date>`waiting.since + make_interval(days => ${positions.promiseDays})`.mapWith(positions.createdAt)
  const rows = await db
    .select({ positionId: positions.id, title: positions.title, count: sql<number>`waiting.count`, dueAt })
    .from(positions)
    .crossJoinLateral(sql`${waiting} waiting`)
    .where(
      and(
        eq(positions.workspaceId, viewer.workspace.id),
        sql`${positionRoleOf(viewer)} = 'owner'`,
        isNotNull(positions.promiseDays),
        sql`waiting.count > 0`,
      ),
    )
    .orderBy(asc(dueAt), asc(positions.id))
  return rows.map((row) => ({ ...row, late: row.dueAt < now }))
}
