import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users, workspaces } from './people.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** A place for updates on a topic. */
export const channels = pgTable(
  'channels',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    description: text().notNull().default(''),
    /** Seen, with everything in it, by its members alone. Decided once: what was said in private stays so. */
    isPrivate: boolean().notNull().default(false),
    commentsAllowed: boolean().notNull().default(true),
    /** After so many days an update in it goes to the trash; 0 for never, null for as in the workspace. */
    retentionDays: integer(),
    createdById: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: at().notNull().defaultNow(),
    archivedAt: at(),
  },
  (table) => [
    uniqueIndex('channels_name').on(table.workspaceId, sql`lower(${table.name})`).where(sql`${table.archivedAt} is null`),
  ],
)

/** Who is in a private channel. In an open one is everybody of the workspace, without a row. */
export const channelMembers = pgTable(
  'channel_members',
  {
    channelId: uuid()
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    joinedAt: at().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.userId] }), index().on(table.userId)],
)
