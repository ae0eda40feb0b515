import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import type { DeliveryMailKind, FocusBlock, UrgentChannel } from '../../contract/delivery.ts'
import type { DayOff } from '../../contract/profile.ts'
import { mails } from './mails.ts'
import { users } from './people.ts'
import { updates } from './updates.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })
const userId = () =>
  uuid()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' })

/** When and how somebody gets what is new; without a row as usual. */
export const deliveryRules = pgTable('delivery_rules', {
  userId: userId().primaryKey(),
  windows: text().array().notNull().default(['09:30', '15:30']),
  focusBlocks: jsonb().$type<FocusBlock[]>().notNull().default([]),
  mutedMails: text().array().$type<DeliveryMailKind[]>().notNull().default([]),
  urgentChannel: text().$type<UrgentChannel>().notNull().default('mail'),
  urgentUrl: text(),
  /** When mail to their address came back, and why: nothing more is sent there until they say that it works again. */
  bouncedAt: at(),
  bounceReason: text(),
})

/** Somebody's own calendar: its address, and when it says that they are busy. */
export const busyCalendars = pgTable(
  'busy_calendars',
  {
    userId: userId().primaryKey(),
    url: text().notNull(),
    /** As pairs of ms since 1970. */
    busy: jsonb().$type<[number, number][]>().notNull().default([]),
    daysOff: jsonb().$type<DayOff[]>().notNull().default([]),
    readAt: at(),
    failure: text(),
    nextReadAt: at().notNull().defaultNow(),
  },
  (table) => [index().on(table.nextReadAt)],
)

/** What was delivered to whom in which window: once. */
export const digests = pgTable(
  'digests',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: userId(),
    windowAt: at().notNull(),
    mailId: uuid().references(() => mails.id, { onDelete: 'set null' }),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [unique('digests_once').on(table.userId, table.windowAt), index().on(table.mailId)],
)

/** Where somebody answers an update by mail: only the SHA-256 of the token in the address is kept. */
export const replyAddresses = pgTable(
  'reply_addresses',
  {
    tokenHash: text().primaryKey(),
    userId: userId(),
    updateId: uuid()
      .notNull()
      .references(() => updates.id, { onDelete: 'cascade' }),
    createdAt: at().notNull().default(sql`now()`),
  },
  (table) => [index().on(table.userId), index().on(table.updateId)],
)
