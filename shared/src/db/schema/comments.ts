import { type SQLWrapper, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CommentType, TrailWhat } from '../../contract/comments.ts'
import type { Drawing } from '../../contract/drawing.ts'
import { users } from './people.ts'
import { updates } from './updates.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** What is about the whole update comes behind every moment: a number that no moment reaches. Written out, so that the index is used. */
export const momentOrder = (atMs: SQLWrapper) => sql<number>`coalesce(${atMs}, 86400001)`

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
    type: text().$type<CommentType>().notNull().default('note'),
    text: text().notNull(),
    atMs: integer(),
    endMs: integer(),
    drawing: jsonb().$type<Drawing>(),
    /** Who is asked, or has to do it. */
    ownerId: uuid().references(() => users.id, { onDelete: 'set null' }),
    /** The decision that this one takes the place of. */
    supersedesId: uuid().references((): AnyPgColumn => comments.id, { onDelete: 'set null' }),
    resolvedAt: at(),
    resolvedById: uuid().references(() => users.id, { onDelete: 'set null' }),
    /** Where the answer is: a moment of the update, a comment on it, or neither. */
    answerAtMs: integer(),
    answerId: uuid().references((): AnyPgColumn => comments.id, { onDelete: 'set null' }),
    hiddenAt: at(),
    hiddenById: uuid().references(() => users.id, { onDelete: 'set null' }),
    /** SHA-256 of what was asked for: the same comment sent again is known by it. */
    draftHash: text(),
    createdAt: at().notNull().defaultNow(),
    /** Null while its video is recorded: only its author sees it. */
    publishedAt: at().defaultNow(),
    editedAt: at(),
    deletedAt: at(),
    /** By when whoever owns it is to answer; null where nobody waits. */
    dueAt: at(),
    /** Its author chose that moment: it stays when somebody else is asked. */
    dueIsChosen: boolean().notNull().default(false),
  },
  (table) => [
    index('comments_in_order')
      .on(table.updateId, momentOrder(table.atMs), table.createdAt, table.id)
      .where(sql`${table.parentId} is null`),
    index('comments_of_thread').on(sql`coalesce(${table.parentId}, ${table.id})`, table.createdAt),
    index('comments_of_update').on(table.updateId),
    index().on(table.supersedesId),
    index('comments_asked_of')
      .on(table.ownerId, table.dueAt, table.id)
      .where(sql`${table.ownerId} is not null and ${table.resolvedAt} is null and ${table.deletedAt} is null`),
    index('comments_due').on(table.dueAt).where(sql`${table.dueAt} is not null`),
    index().on(table.answerId),
    check('comments_range', sql`${table.endMs} is null or (${table.atMs} is not null and ${table.endMs} >= ${table.atMs})`),
  ],
)

/** What a comment said before it was changed; `writtenAt` is when it began to say so. */
export const commentVersions = pgTable(
  'comment_versions',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    commentId: uuid()
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    text: text().notNull(),
    writtenAt: at().notNull(),
  },
  (table) => [index().on(table.commentId, table.id)],
)

/** Who did what to a comment that others should be able to find out. */
export const commentTrail = pgTable(
  'comment_trail',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    commentId: uuid()
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    actorId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    what: text().$type<TrailWhat>().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [index().on(table.commentId, table.id)],
)

export const mentions = pgTable(
  'mentions',
  {
    commentId: uuid()
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.commentId, table.userId] }), index().on(table.userId)],
)
