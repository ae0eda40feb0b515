import { bigint, bigserial, index, json, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { LiveEvent } from '../../contract/events.ts'
import { users, workspaces } from './people.ts'

/**
 * What the streams of `GET /api/events` tell, kept for a day so that a stream which was interrupted goes on without a gap. A trigger
 * gives `seq` when the transaction commits, one transaction after the other: who has read up to a number never misses a lower one.
 */
export const liveEvents = pgTable(
  'live_events',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    seq: bigint({ mode: 'number' }),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** The only person who hears it; null for everybody who may see what it is about. */
    userId: uuid().references(() => users.id, { onDelete: 'cascade' }),
    event: json().$type<LiveEvent>().notNull(),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [index('live_events_in_order').on(table.seq), index().on(table.createdAt)],
)
