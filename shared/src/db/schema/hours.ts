import { sql } from 'drizzle-orm'
import { bigint, check, date, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Place } from '../../contract/hours.ts'
import type { MeetingTimes } from '../../working-hours/hours-given-back.ts'
import { workspaces } from './people.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })
/** A day of the calendar, wherever it is read: `2026-03-29`. */
const day = () => date({ mode: 'string' })

/** A meeting that is not held any more, what it took, and what there is instead. */
export const replacedMeetings = pgTable(
  'replaced_meetings',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    people: integer().notNull(),
    minutes: integer().notNull(),
    /** So many times in a stretch of `per`. */
    times: integer().notNull(),
    per: text().$type<MeetingTimes['per']>().notNull(),
    since: day().notNull(),
    /** From this day on it is held again. */
    until: day(),
    /** Where what replaces it is posted; null where that is not known. */
    place: text().$type<Place>(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [
    index().on(table.workspaceId, table.createdAt),
    check('replaced_meetings_last', sql`${table.until} is null or ${table.until} >= ${table.since}`),
  ],
)

/**
 * How long was recorded and watched in a week, by place: sums, in which there is neither a person nor an update. So they outlive both, and
 * nobody is looked at through them.
 */
export const hoursWeeks = pgTable(
  'hours_weeks',
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Its Monday, in UTC. */
    week: day().notNull(),
    place: text().$type<Place>().notNull(),
    recordedMs: bigint({ mode: 'number' }).notNull().default(0),
    watchedMs: bigint({ mode: 'number' }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.week, table.place] })],
)
