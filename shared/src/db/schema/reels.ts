import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { channels } from './channels.ts'
import { checkIns } from './check-ins.ts'
import { members, users, workspaces } from './people.ts'
import { updates } from './updates.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** A list of updates that somebody put together, to be played as one. */
export const reels = pgTable(
  'reels',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Where it is; null: in the whole workspace. */
    channelId: uuid().references(() => channels.id, { onDelete: 'cascade' }),
    authorId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [index().on(table.workspaceId, table.createdAt, table.id), index().on(table.channelId)],
)

export const reelItems = pgTable(
  'reel_items',
  {
    reelId: uuid()
      .notNull()
      .references(() => reels.id, { onDelete: 'cascade' }),
    updateId: uuid()
      .notNull()
      .references(() => updates.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.reelId, table.updateId] }), index().on(table.updateId)],
)

/** A feed for somebody's podcast program; only the SHA-256 of its token is kept. It ends with the membership. */
export const podcastFeeds = pgTable(
  'podcast_feeds',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid().notNull(),
    userId: uuid().notNull(),
    /** What it is of; null: all that its person sees. */
    channelId: uuid().references(() => channels.id, { onDelete: 'cascade' }),
    /** A series alone: the answers of one check-in. */
    checkInId: uuid().references(() => checkIns.id, { onDelete: 'cascade' }),
    tokenHash: text().notNull().unique(),
    createdAt: at().notNull().defaultNow(),
    /** When a program fetched it last, to within a minute. */
    readAt: at(),
  },
  (table) => [
    foreignKey({ columns: [table.workspaceId, table.userId], foreignColumns: [members.workspaceId, members.userId] }).onDelete(
      'cascade',
    ),
    uniqueIndex('podcast_feeds_of_all')
      .on(table.userId, table.workspaceId)
      .where(sql`${table.channelId} is null and ${table.checkInId} is null`),
    uniqueIndex('podcast_feeds_of_channel').on(table.userId, table.channelId),
    uniqueIndex('podcast_feeds_of_check_in').on(table.userId, table.checkInId),
    index().on(table.channelId),
    index().on(table.checkInId),
  ],
)
