import type { AuditEvent } from '@meanwhile/shared/contract/audit'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, desc, eq } from 'drizzle-orm'
import { type Cursor, cursorOf, isBefore } from '../cursor.ts'

const { auditEvents } = schema
type Row = typeof auditEvents.$inferSelect

const shown = (row: Row): AuditEvent => ({
  id: row.id,
  at: row.createdAt,
  actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName ?? '' },
  action: row.action,
  target: row.targetId === null ? null : { type: row.targetType ?? '', id: row.targetId, name: row.targetName },
  details: row.details,
  from: row.ip,
})

/** A page of what was done in a workspace, newest first. */
export async function auditEventsOf(
  db: Db,
  workspaceId: string,
  { limit, cursor }: { limit: number; cursor?: Cursor | undefined },
): Promise<{ items: AuditEvent[]; nextCursor: string | null }> {
  const rows = await db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.workspaceId, workspaceId), cursor && isBefore(cursor, auditEvents)))
    .orderBy(desc(auditEvents.createdAt), desc(auditEvents.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map(shown), nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}
