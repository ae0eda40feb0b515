import { foreignKey, index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { AgreementContent } from '../../contract/agreement.ts'
import type { UpdateKind } from '../../contract/update-kind.ts'
import { members, users, workspaces } from './people.ts'
import { updates } from './updates.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** What a team has agreed on. A workspace without a row keeps to what is usual. */
export const agreements = pgTable('agreements', {
  workspaceId: uuid()
    .primaryKey()
    .references(() => workspaces.id, { onDelete: 'cascade' }),
  /** What is missing is as usual. */
  content: jsonb().$type<Partial<AgreementContent>>().notNull(),
  /** Grows with every change, so that nobody overwrites what they have not read. */
  version: integer().notNull().default(1),
  changedById: uuid().references(() => users.id, { onDelete: 'set null' }),
  changedAt: at().notNull().defaultNow(),
})

/** The address at which a person's calendar reads the agreement; only the SHA-256 of its token is kept. It ends with the membership. */
export const calendarFeeds = pgTable(
  'calendar_feeds',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid().notNull(),
    userId: uuid().notNull(),
    tokenHash: text().notNull().unique(),
    createdAt: at().notNull().defaultNow(),
    /** The last request, to within an hour. */
    usedAt: at(),
  },
  (table) => [
    foreignKey({
      columns: [table.workspaceId, table.userId],
      foreignColumns: [members.workspaceId, members.userId],
    }).onDelete('cascade'),
    index().on(table.userId, table.workspaceId),
  ],
)

/** That a call was the right choice: once an update, and on record when that is gone. */
export const callChoices = pgTable(
  'call_choices',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    updateId: uuid()
      .unique()
      .references(() => updates.id, { onDelete: 'set null' }),
    kind: text().$type<UpdateKind>(),
    chosenAt: at().notNull().defaultNow(),
  },
  (table) => [index().on(table.workspaceId, table.chosenAt)],
)
