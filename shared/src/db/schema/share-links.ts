import { boolean, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { ShareComments } from '../../contract/share-links.ts'
import { users } from './people.ts'
import { updates } from './updates.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** A link to one update with rules of its own. Its token is not here: it is made of the id and a secret, so that its author can copy it again. */
export const shareLinks = pgTable(
  'share_links',
  {
    id: uuid().primaryKey().defaultRandom(),
    updateId: uuid()
      .notNull()
      .references(() => updates.id, { onDelete: 'cascade' }),
    createdById: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    passwordHash: text(),
    expiresAt: at(),
    comments: text().$type<ShareComments>().notNull(),
    allowDownload: boolean().notNull(),
    /** Search engines may list it. */
    isIndexed: boolean().notNull().default(false),
    /** Guests prove an address at one of these; none means anybody. */
    emailDomains: text().array().notNull().default([]),
    /** Guests whose watching counts as a view, each of them once. */
    views: integer().notNull().default(0),
    createdAt: at().notNull().defaultNow(),
    revokedAt: at(),
  },
  (table) => [index().on(table.updateId)],
)

/** A code that was sent to an address, for one share link and one browser: the latest alone. What proves it is kept as a hash. */
export const shareCodes = pgTable(
  'share_codes',
  {
    linkId: uuid()
      .notNull()
      .references(() => shareLinks.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    browserHash: text().notNull(),
    hash: text().notNull(),
    tries: integer().notNull().default(0),
    expiresAt: at().notNull(),
  },
  (table) => [primaryKey({ columns: [table.linkId, table.email, table.browserHash] }), index().on(table.expiresAt)],
)
