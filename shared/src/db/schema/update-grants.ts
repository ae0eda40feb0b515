import { index, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from './people.ts'
import { updates } from './updates.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })
const updateId = () =>
  uuid()
    .notNull()
    .references(() => updates.id, { onDelete: 'cascade' })
const person = () =>
  uuid()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' })

/** Who was let in to one update that they would not see otherwise. What it opens is said by `isLetIn`. */
export const updateGrants = pgTable(
  'update_grants',
  {
    updateId: updateId(),
    userId: person(),
    /** Who let them in: it holds as long as these see where the update is. */
    grantedById: person(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.updateId, table.userId] }), index().on(table.userId), index().on(table.grantedById)],
)

/** Who asks to be let in, once. It goes when they are; of whom the answer was "not now" it stays, so that they do not ask again. */
export const updateAsks = pgTable(
  'update_asks',
  {
    updateId: updateId(),
    userId: person(),
    createdAt: at().notNull().defaultNow(),
    declinedAt: at(),
  },
  (table) => [primaryKey({ columns: [table.updateId, table.userId] }), index().on(table.userId)],
)
