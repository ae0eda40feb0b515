import { index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Emoji } from '../../media/emojis.ts'
import { comments } from './comments.ts'
import { users } from './people.ts'
import { updates } from './updates.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

export const commentReactions = pgTable(
  'comment_reactions',
  {
    commentId: uuid()
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    emoji: text().$type<Emoji>().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.commentId, table.emoji, table.userId] }), index().on(table.userId)],
)

/** At a moment of an update, in whole seconds of recorded time: what many felt at once is one mark. */
export const updateReactions = pgTable(
  'update_reactions',
  {
    updateId: uuid()
      .notNull()
      .references(() => updates.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    emoji: text().$type<Emoji>().notNull(),
    atMs: integer().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.updateId, table.atMs, table.emoji, table.userId] }), index().on(table.userId)],
)
