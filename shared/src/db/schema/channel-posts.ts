import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { PostFormat } from '../../contract/channel-posts.ts'
import { channels } from './channels.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** Where a channel is summed up: a room of Slack or Teams, each day at a time by the clock of a place. */
export const postTargets = pgTable(
  'post_targets',
  {
    id: uuid().primaryKey().defaultRandom(),
    channelId: uuid()
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    format: text().$type<PostFormat>().notNull(),
    url: text().notNull(),
    time: text().notNull(),
    timeZone: text().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [index().on(table.channelId)],
)

/** What is posted there, once for what it is about; sent until it arrives or is given up. */
export const channelPosts = pgTable(
  'channel_posts',
  {
    id: uuid().primaryKey().defaultRandom(),
    targetId: uuid()
      .notNull()
      .references(() => postTargets.id, { onDelete: 'cascade' }),
    /** A date, or the id of a round. */
    about: text().notNull(),
    body: text().notNull(),
    attempts: integer().notNull().default(0),
    /** Null once it arrived or is given up. */
    nextAttemptAt: at(),
    deliveredAt: at(),
    failure: text(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('channel_posts_once').on(table.targetId, table.about),
    index('channel_posts_waiting').on(table.nextAttemptAt).where(sql`${table.nextAttemptAt} is not null`),
  ],
)
