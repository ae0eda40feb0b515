import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { TransferKind, TransferReport, TransferState } from '../../contract/transfers.ts'
import { users, workspaces } from './people.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/**
 * A workspace on its way out of an installation as one ZIP, or into one. The row is the work: workers look for those that are unfinished
 * and nobody's, and take one with a lease, as they do stages.
 */
export const transfers = pgTable(
  'transfers',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Whose it is: it holds what this person sees, so nobody else gets it. */
    createdById: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text().$type<TransferKind>().notNull(),
    state: text().$type<TransferState>().notNull(),
    progress: real().notNull().default(0),
    attempts: integer().notNull().default(0),
    error: text(),
    /** Fencing token of the attempt that may publish. */
    leaseId: uuid(),
    /** Until then nobody else takes it; database time. */
    leaseUntil: at(),
    requestId: text(),
    /** What the file of an import was called; for people, never used as a path. */
    name: text(),
    /** Of the whole file: once it is made, or as who uploads it says. */
    sizeBytes: bigint({ mode: 'number' }),
    /** What it holds, or what was made of it. */
    report: jsonb().$type<TransferReport>(),
    createdAt: at().notNull().defaultNow(),
    updatedAt: at().notNull().defaultNow(),
    finishedAt: at(),
    /** From then on it counts as gone; a worker removes its objects, then the row. */
    expiresAt: at(),
  },
  (table) => [
    uniqueIndex('transfers_one_at_a_time').on(table.workspaceId).where(sql`${table.state} in ('waiting', 'running')`),
    index('transfers_newest').on(table.workspaceId, table.createdAt),
    check('transfers_progress', sql`${table.progress} between 0 and 1`),
  ],
)

/** The pieces of its file, numbered from 1: no object is as large as a workspace. */
export const transferParts = pgTable(
  'transfer_parts',
  {
    transferId: uuid()
      .notNull()
      .references(() => transfers.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    key: text().notNull(),
    sha256: text().notNull(),
    sizeBytes: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.transferId, table.number] })],
)
