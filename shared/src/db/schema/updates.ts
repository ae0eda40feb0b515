import { sql } from 'drizzle-orm'
import { boolean, customType, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { UpdateKind } from '../../contract/update-kind.ts'
import { channels } from './channels.ts'
import { pairings } from './pairings.ts'
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
    /** Null where a rule did it, or somebody who is gone. */
    trashedById: uuid().references(() => users.id, { onDelete: 'set null' }),
    /** Since then no rule takes it away. */
    keptAt: at(),
    /** When its author was told that a rule will take it to the trash. */
    warnedAt: at(),
    /** What it is for; null where its author did not say. */
    kind: text().$type<UpdateKind>(),
    /** The pairing that it answers: its people alone see it, once all of them have answered. */
    pairingId: uuid().references(() => pairings.id, { onDelete: 'cascade' }),
    /** It asks or answers in an interview: those who have a role in its position see it, once it was handed in. */
    isInterview: boolean().notNull().default(false),
    /** It is seen where it belongs alone: in no list, feed, export, channel or call. */
    isApart: boolean().generatedAlwaysAs(sql`pairing_id is not null or is_interview`).notNull(),
  },
  (table) => [
    index().on(table.workspaceId, table.createdAt, table.id),
    index().on(table.channelId, table.createdAt, table.id),
    index('updates_of_pairings').on(table.pairingId, table.authorId).where(sql`${table.pairingId} is not null`),
    index('updates_trashed').on(table.trashedAt).where(sql`${table.trashedAt} is not null`),
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
    /** As far as their time of watching is counted, by the clock on the wall: nobody watches one thing twice at once. */
    watchedAt: at(),
    createdAt: at().notNull().defaultNow(),
    updatedAt: at().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.updateId, table.userId] }), index().on(table.userId)],
)
