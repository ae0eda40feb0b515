import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { WebhookEvent } from '../../contract/webhooks.ts'
import { workspaces } from './people.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** Where a workspace tells another system what happens. Its secret is not here, see `webhookSecret`. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    url: text().notNull(),
    events: text().array().$type<WebhookEvent[]>().notNull(),
    /** How often its secret was rotated. */
    secretVersion: integer().notNull().default(1),
    createdAt: at().notNull().defaultNow(),
    /** When it was switched off: by an admin, or by us after it had failed for long. */
    disabledAt: at(),
  },
  (table) => [index().on(table.workspaceId)],
)

/** One message to one webhook, written by the transaction of what it tells; the worker sends it. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid().primaryKey().defaultRandom(),
    webhookId: uuid()
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    event: text().notNull(),
    /** What is sent, to the byte: every try is signed anew over the same. */
    body: text().notNull(),
    createdAt: at().notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    /** Null once it has arrived or was given up. */
    nextAttemptAt: at().default(sql`now()`),
    deliveredAt: at(),
    /** Of the last attempt: the status and the beginning of the answer, or why there was none. */
    status: integer(),
    durationMs: integer(),
    answer: text(),
    error: text(),
  },
  (table) => [index().on(table.webhookId, table.createdAt), index('webhook_deliveries_due').on(table.nextAttemptAt)],
)
