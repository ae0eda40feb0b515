import { index, integer, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users, workspaces } from './people.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** An account that is deleted with all that it made. What names the person goes with their row: of one that is done only numbers are left. */
export const erasures = pgTable(
  'erasures',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .unique()
      .references(() => users.id, { onDelete: 'set null' }),
    /** The workspace whose admin did it; null where the person did it. */
    workspaceId: uuid().references(() => workspaces.id, { onDelete: 'cascade' }),
    /** How many updates and comments there were, and how many are done. */
    total: integer().notNull().default(0),
    done: integer().notNull().default(0),
    createdAt: at().notNull().defaultNow(),
    finishedAt: at(),
  },
  (table) => [index().on(table.workspaceId, table.createdAt)],
)
