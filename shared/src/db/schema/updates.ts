import { customType, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { channels } from './channels.ts'
import { users, workspaces } from './people.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

export const updates = pgTable(
  'updates',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    authorId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Null for the whole workspace. A channel that goes never lays open what was in it. */
    channelId: uuid().references(() => channels.id),
    title: text().notNull().default(''),
    body: text().notNull().default(''),
    createdAt: at().notNull().defaultNow(),
    editedAt: at(),
    publishedAt: at(),
    trashedAt: at(),
  },
  (table) => [
    index().on(table.workspaceId, table.createdAt.desc(), table.id),
    index().on(table.channelId, table.createdAt.desc(), table.id),
  ],
)

/** Half-open intervals of media time in ms; PostgreSQL merges what overlaps. */
const multirange = customType<{ data: string }>({ dataType: () => 'int4multirange' })

export const views = pgTable(
  'views',
  {
    updateId: uuid()
      .notNull()
      .references(() => updates.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    positionMs: integer().notNull().default(0),
    seen: multirange().notNull().default('{}'),
    /** When it became a view, and when this viewer had seen nearly all of it: see `media/intervals`. Neither is taken back. */
    countedAt: at(),
    caughtUpAt: at(),
    createdAt: at().notNull().defaultNow(),
    updatedAt: at().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.updateId, table.userId] }), index().on(table.userId)],
)
