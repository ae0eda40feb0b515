import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  check,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
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
    title: text().notNull().default(''),
    body: text().notNull().default(''),
    createdAt: at().notNull().defaultNow(),
    editedAt: at(),
    publishedAt: at(),
    trashedAt: at(),
  },
  (table) => [index().on(table.workspaceId, table.createdAt.desc(), table.id)],
)

export const comments = pgTable(
  'comments',
  {
    id: uuid().primaryKey().defaultRandom(),
    updateId: uuid()
      .notNull()
      .references(() => updates.id, { onDelete: 'cascade' }),
    authorId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    parentId: uuid().references((): AnyPgColumn => comments.id, { onDelete: 'cascade' }),
    text: text().notNull(),
    atMs: integer(),
    endMs: integer(),
    createdAt: at().notNull().defaultNow(),
    editedAt: at(),
    deletedAt: at(),
  },
  (table) => [
    index().on(table.updateId, table.createdAt),
    check('comments_range', sql`${table.endMs} is null or (${table.atMs} is not null and ${table.endMs} >= ${table.atMs})`),
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
    createdAt: at().notNull().defaultNow(),
    updatedAt: at().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.updateId, table.userId] }), index().on(table.userId)],
)
