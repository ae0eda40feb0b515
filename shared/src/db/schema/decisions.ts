import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { LogEntry, LogPart, Outcome, VoteChoice } from '../../contract/decisions.ts'
import { channels } from './channels.ts'
import { comments } from './comments.ts'
import { users, workspaces } from './people.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** A decision that people are asked for. One that is only stated has no row. */
export const decisions = pgTable(
  'decisions',
  {
    commentId: uuid()
      .primaryKey()
      .references(() => comments.id, { onDelete: 'cascade' }),
    /** Everybody who sees its place decides, whenever they came; else those of `decision_people`. */
    decidedByAll: boolean().notNull(),
    /** Null: to agree or to object. */
    options: jsonb().$type<string[]>(),
    clipFromMs: integer(),
    clipToMs: integer(),
    closesAt: at().notNull(),
    closedAt: at(),
    outcome: jsonb().$type<Outcome>(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [index('decisions_open').on(table.closesAt).where(sql`${table.closedAt} is null`)],
)

export const decisionPeople = pgTable(
  'decision_people',
  {
    commentId: uuid()
      .notNull()
      .references(() => decisions.commentId, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.commentId, table.userId] }), index().on(table.userId)],
)

/** What people said; the last row of a person counts, the others are its history. */
export const decisionVotes = pgTable(
  'decision_votes',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    commentId: uuid()
      .notNull()
      .references(() => decisions.commentId, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    choice: text().$type<VoteChoice>().notNull(),
    reason: text().notNull().default(''),
    createdAt: at().notNull(),
  },
  (table) => [index().on(table.commentId, table.userId, table.id), index().on(table.userId)],
)

/**
 * What was decided in a place: a chain of hashes. A trigger refuses everything but more rows, until the workspace or the channel goes. What
 * people said is in `decision_log_parts`; here are ids of things alone, without foreign keys: they may be gone, that it was decided is not.
 */
export const decisionLog = pgTable(
  'decision_log',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    channelId: uuid().references(() => channels.id, { onDelete: 'cascade' }),
    seq: integer().notNull(),
    kind: text().$type<LogEntry['kind']>().notNull(),
    at: at().notNull(),
    commentId: uuid().notNull().unique(),
    updateId: uuid().notNull(),
    supersedesId: uuid(),
    previous: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    unique('decision_log_order').on(table.workspaceId, table.channelId, table.seq).nullsNotDistinct(),
    index().on(table.channelId),
    index().on(table.supersedesId),
  ],
)

/**
 * What an entry says, by whom it is. The entry is made of the commitments, so that the salt and the value can go with a person, who is erased
 * by law, and the chain still holds. A trigger lets nothing else through.
 */
export const decisionLogParts = pgTable(
  'decision_log_parts',
  {
    entryId: bigint({ mode: 'number' })
      .notNull()
      .references(() => decisionLog.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    name: text().$type<LogPart['name']>().notNull(),
    commitment: text().notNull(),
    salt: text(),
    value: jsonb().$type<LogPart['value']>(),
    /** Whose words it has. */
    userId: uuid(),
  },
  (table) => [primaryKey({ columns: [table.entryId, table.position] }), index().on(table.userId)],
)
