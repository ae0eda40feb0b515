import { sql } from 'drizzle-orm'
import { bigserial, boolean, date, index, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import type { PersonRole, PersonState, Question } from '../../contract/check-ins.ts'
import { channels } from './channels.ts'
import { users, workspaces } from './people.ts'
import { updates } from './updates.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })
/** A day of the calendar, wherever it is read: `2026-03-29`. */
const day = () => date({ mode: 'string' })

/** A recurring set of questions. Who sees its channel sees it. */
export const checkIns = pgTable(
  'check_ins',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Where answers are posted; null for the whole workspace. */
    channelId: uuid().references(() => channels.id),
    createdById: uuid().references(() => users.id, { onDelete: 'set null' }),
    name: text().notNull(),
    questions: jsonb().$type<Question[]>().notNull(),
    /** An RRULE without its name; null where it takes place on `dates` alone. */
    rule: text(),
    /** Days beside those of the rule. */
    dates: day().array().notNull().default([]),
    /** The first day: what the rule counts its weeks from. */
    startsOn: day().notNull(),
    /** Whose days they are for those who never said where they are. */
    timeZone: text().notNull(),
    /** By each person's clock: `start` of their workday, or a time of day. */
    opens: text().notNull().default('start'),
    /** Just so: `end` of their workday, or a time of day. */
    due: text().notNull().default('end'),
    reminds: boolean().notNull().default(true),
    pausedAt: at(),
    archivedAt: at(),
    /** Nothing that was due before is asked for: when it was created, or went on. */
    activeFrom: at().notNull(),
    /** Every day up to this one was decided, with a round or without. */
    settledThrough: day(),
    createdAt: at().notNull().defaultNow(),
    editedAt: at(),
  },
  (table) => [
    index().on(table.workspaceId, table.createdAt, table.id),
    index().on(table.channelId),
    index('check_ins_active').on(table.id).where(sql`${table.pausedAt} is null and ${table.archivedAt} is null`),
  ],
)

export const checkInPeople = pgTable(
  'check_in_people',
  {
    checkInId: uuid()
      .notNull()
      .references(() => checkIns.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text().$type<PersonRole>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.checkInId, table.userId] }), index().on(table.userId)],
)

/** One occurrence. There is a row as soon as it opens for the first person, and never two for a day. */
export const rounds = pgTable(
  'rounds',
  {
    id: uuid().primaryKey().defaultRandom(),
    checkInId: uuid()
      .notNull()
      .references(() => checkIns.id, { onDelete: 'cascade' }),
    /** Everybody's own day of that date. */
    date: day().notNull(),
    /** What was asked, however the check-in is changed later. */
    questions: jsonb().$type<Question[]>().notNull(),
    /** For the first who is asked. */
    opensAt: at().notNull(),
    /** For the last. */
    dueAt: at().notNull(),
    openedAt: at().notNull(),
    closedAt: at(),
  },
  (table) => [
    unique('rounds_once').on(table.checkInId, table.date),
    index('rounds_open').on(table.dueAt).where(sql`${table.closedAt} is null`),
  ],
)

/** Whom a round asks, and who watches it. Who has the day off has no row. */
export const roundPeople = pgTable(
  'round_people',
  {
    roundId: uuid()
      .notNull()
      .references(() => rounds.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text().$type<PersonRole>().notNull(),
    /** In this person's own hours; of an observer, those of the round. */
    opensAt: at().notNull(),
    dueAt: at().notNull(),
    /** When they are reminded, unless they have answered. Null for observers, and where nobody is reminded. */
    remindAt: at(),
    remindedAt: at(),
    /** Of an observer always `waiting`. */
    state: text().$type<PersonState>().notNull().default('waiting'),
    answeredAt: at(),
    /** What was answered by a number, by the id of the question. */
    numbers: jsonb().$type<Record<string, number>>().notNull().default({}),
    isBlocked: boolean().notNull().default(false),
    /** What the two said before they were changed, oldest first; `until` as ISO 8601. */
    earlierNumbers: jsonb()
      .$type<{ numbers: Record<string, number>; isBlocked: boolean; until: string }[]>()
      .notNull()
      .default([]),
    caughtUpAt: at(),
  },
  (table) => [
    primaryKey({ columns: [table.roundId, table.userId] }),
    index('round_people_waiting')
      .on(table.userId, table.dueAt)
      .where(sql`${table.state} = 'waiting' and ${table.role} = 'participant'`),
    index('round_people_to_remind').on(table.remindAt).where(sql`${table.state} = 'waiting' and ${table.remindedAt} is null`),
  ],
)

/** Which update answers which round. */
export const answers = pgTable(
  'answers',
  {
    updateId: uuid()
      .primaryKey()
      .references(() => updates.id, { onDelete: 'cascade' }),
    roundId: uuid()
      .notNull()
      .references(() => rounds.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The id of the one question that it answers; null for all of them. */
    question: text(),
    /** What was typed, by the id of the question; null for what was recorded. */
    texts: jsonb().$type<Record<string, string>>(),
  },
  (table) => [index().on(table.roundId, table.userId), index().on(table.userId)],
)

/** What an answer said before it was changed; `writtenAt` is when it began to say so. */
export const answerVersions = pgTable(
  'answer_versions',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    updateId: uuid()
      .notNull()
      .references(() => answers.updateId, { onDelete: 'cascade' }),
    title: text().notNull(),
    body: text().notNull(),
    writtenAt: at().notNull(),
  },
  (table) => [index().on(table.updateId, table.id)],
)
