import { sql } from 'drizzle-orm'
import { index, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import type { NotificationKind } from '../../contract/notifications.ts'
import { rounds } from './check-ins.ts'
import { comments } from './comments.ts'
import { pairings } from './pairings.ts'
import { users } from './people.ts'
import { updates } from './updates.ts'
import { videos } from './videos.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** What concerns a person. Whether they may still see it is asked whenever it is listed or counted. */
export const notifications = pgTable(
  'notifications',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text().$type<NotificationKind>().notNull(),
    /** Null where it is about a round of a check-in, or a pairing. */
    updateId: uuid().references(() => updates.id, { onDelete: 'cascade' }),
    /** Null where it is about the recording of the update itself. */
    commentId: uuid().references(() => comments.id, { onDelete: 'cascade' }),
    /** The recording that was recovered; null for every other kind. */
    videoId: uuid()
      .unique()
      .references(() => videos.id, { onDelete: 'cascade' }),
    /** The round that this person is reminded of; null for every other kind. */
    roundId: uuid().references(() => rounds.id, { onDelete: 'cascade' }),
    /** The pairing that it is about; null for every other kind. */
    pairingId: uuid().references(() => pairings.id, { onDelete: 'cascade' }),
    /** Who asked, answered, mentioned or resolved; of what was recovered, its author; of a check-in, who made it. */
    actorId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: at().notNull().defaultNow(),
    readAt: at(),
    /** When a digest told of it: once. */
    digestedAt: at(),
  },
  (table) => [
    unique('notifications_once').on(table.userId, table.commentId, table.kind),
    index().on(table.userId, table.createdAt, table.id),
    index().on(table.commentId),
    unique('notifications_round_once').on(table.userId, table.roundId, table.kind),
    index().on(table.roundId),
    unique('notifications_pairing_once').on(table.userId, table.pairingId, table.kind),
    index().on(table.pairingId),
    index('notifications_to_deliver')
      .on(table.userId, table.createdAt)
      .where(sql`${table.readAt} is null and ${table.digestedAt} is null`),
  ],
)
