import { index, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import type { NotificationKind } from '../../contract/notifications.ts'
import { comments } from './comments.ts'
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
    updateId: uuid()
      .notNull()
      .references(() => updates.id, { onDelete: 'cascade' }),
    /** Null where it is about the recording of the update itself. */
    commentId: uuid().references(() => comments.id, { onDelete: 'cascade' }),
    /** The recording that was recovered; null for every other kind. */
    videoId: uuid()
      .unique()
      .references(() => videos.id, { onDelete: 'cascade' }),
    /** Who asked, answered, mentioned or resolved; of what was recovered, its author. */
    actorId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: at().notNull().defaultNow(),
    readAt: at(),
  },
  (table) => [
    unique('notifications_once').on(table.userId, table.commentId, table.kind),
    index().on(table.userId, table.createdAt, table.id),
    index().on(table.commentId),
  ],
)
