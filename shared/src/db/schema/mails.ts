import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { MailKind, MailState } from '../../contract/mails.ts'
import { candidateInvitations } from './interviews.ts'
import { users, workspaces } from './people.ts'

/** What a mail says to programs: where an answer goes, how its kind is turned off, and which update it is about. */
export type MailExtras = { replyTo?: string; unsubscribeUrl?: string; updateId?: string }

const at = () => timestamp({ withTimezone: true, precision: 3 })

/**
 * What is sent by mail: a row of the transaction that causes it. The worker sends it; without a mail server it stays. The words of those that
 * open somebody's account are there only until they are sent.
 */
export const mails = pgTable(
  'mails',
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: text().$type<MailKind>().notNull(),
    /** The workspace that it is sent for; null where it is about an account. */
    workspaceId: uuid().references(() => workspaces.id, { onDelete: 'cascade' }),
    /** The account that it is about. */
    userId: uuid().references(() => users.id, { onDelete: 'cascade' }),
    /** The candidate whom it is to: erased with them, and in no list of the workspace. */
    candidateId: uuid().references(() => candidateInvitations.id, { onDelete: 'cascade' }),
    recipient: text().notNull(),
    subject: text().notNull(),
    text: text().notNull(),
    html: text().notNull(),
    extras: jsonb().$type<MailExtras>().notNull().default({}),
    state: text().$type<MailState>().notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    /** Why the last attempt failed, for people. */
    failure: text(),
    /** When it may be tried again; while somebody tries, when they count as gone. */
    nextAttemptAt: at().notNull().defaultNow(),
    /** Nobody wants it after that. */
    expiresAt: at().notNull(),
    sentAt: at(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [
    index().on(table.workspaceId, table.createdAt),
    index().on(table.userId, table.createdAt),
    index().on(table.candidateId, table.createdAt),
    index().on(table.recipient, table.createdAt),
    index('mails_waiting').on(table.nextAttemptAt).where(sql`${table.state} = 'waiting'`),
  ],
)

/**
 * That a candidate was sent their link, for a day: so that nobody is flooded, also by who erases whom they invite and invites them anew. It
 * names nobody, and is kept when a workspace goes.
 */
export const sentLinks = pgTable(
  'sent_links',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid().notNull(),
    /** Made of the address with a secret, in small letters: whoever has the database finds none in it. */
    mailbox: text().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [
    index().on(table.mailbox, table.createdAt),
    index().on(table.workspaceId, table.createdAt),
    index().on(table.createdAt),
  ],
)
