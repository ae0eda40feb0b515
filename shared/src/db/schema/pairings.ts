import { sql } from 'drizzle-orm'
import { date, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users, workspaces } from './people.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })
/** A day of the calendar, wherever it is read: `2026-03-30`. */
const day = () => date({ mode: 'string' })
const workspaceId = () =>
  uuid()
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })

/** The fortnights whose pairings were made, with groups or without: never twice. */
export const pairingFortnights = pgTable(
  'pairing_fortnights',
  { workspaceId: workspaceId(), startsOn: day().notNull(), madeAt: at().notNull() },
  (table) => [primaryKey({ columns: [table.workspaceId, table.startsOn] })],
)

/** Two or three people and one question. The row outlives what was answered, so that the same people do not meet again soon. */
export const pairings = pgTable(
  'pairings',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: workspaceId(),
    /** Everybody's own Monday of that date. */
    startsOn: day().notNull(),
    question: text().notNull(),
    /** When the fortnight is over everywhere. */
    endsAt: at().notNull(),
    /** Since then its people see each other's answers. */
    revealedAt: at(),
    /** Since then it waits for nobody. */
    closedAt: at(),
    /** When its answers go. */
    goneAt: at().notNull(),
    /** When they went. */
    erasedAt: at(),
  },
  (table) => [
    index().on(table.workspaceId, table.startsOn),
    index('pairings_open').on(table.endsAt).where(sql`${table.closedAt} is null`),
    index('pairings_to_erase').on(table.goneAt).where(sql`${table.erasedAt} is null`),
  ],
)

/** Who is in a pairing. Who was withdrawn is not waited for, and sees nothing of the others. */
export const pairingPeople = pgTable(
  'pairing_people',
  {
    pairingId: uuid()
      .notNull()
      .references(() => pairings.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** When their first working time of the fortnight begins. */
    opensAt: at().notNull(),
    toldAt: at(),
    answeredAt: at(),
    withdrawnAt: at(),
  },
  (table) => [
    primaryKey({ columns: [table.pairingId, table.userId] }),
    index().on(table.userId),
    index('pairing_people_to_tell').on(table.opensAt).where(sql`${table.toldAt} is null and ${table.withdrawnAt} is null`),
  ],
)
