import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { AuditDetails } from '../../contract/audit.ts'
import { workspaces } from './people.ts'

/**
 * What was done in a workspace: rows are added and never changed. A trigger refuses everything else but the deletion of the whole workspace.
 * People and things are kept by id and by the name of that moment, without a foreign key: they may be gone, what they did is not.
 */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Who did it; null where nobody was signed in. */
    actorId: uuid(),
    actorName: text(),
    /** Such as `member.role-changed`. */
    action: text().notNull(),
    targetType: text(),
    targetId: text(),
    targetName: text(),
    details: jsonb().$type<AuditDetails>().notNull().default({}),
    /** The address that it came from. */
    ip: text(),
    /** Not the beginning of the transaction, so that the steps of one stand in their order. */
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().default(sql`clock_timestamp()`),
  },
  (table) => [index('audit_events_newest').on(table.workspaceId, table.createdAt, table.id)],
)
