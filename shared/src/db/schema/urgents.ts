import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { UrgentChannel } from '../../contract/delivery.ts'
import { comments } from './comments.ts'
import { users, workspaces } from './people.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** What could not wait for somebody's windows. The ledger of a team counts these rows; it names nobody. */
export const urgents = pgTable(
  'urgents',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    commentId: uuid()
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    askerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    receiverId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** One line. */
    reason: text().notNull(),
    channel: text().$type<UrgentChannel>().notNull(),
    /** Of a webhook: when it is told, or told again; null once it was, or never will be. */
    nextAttemptAt: at(),
    attempts: integer().notNull().default(0),
    deliveredAt: at(),
    /** When its receiver said that it could have waited. */
    notUrgentAt: at(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('urgents_once').on(table.commentId, table.receiverId),
    index().on(table.workspaceId, table.createdAt),
    index().on(table.receiverId, table.createdAt),
    index().on(table.askerId, table.createdAt),
    index('urgents_waiting').on(table.nextAttemptAt).where(sql`${table.nextAttemptAt} is not null`),
  ],
)
