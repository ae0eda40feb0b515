import { bigint, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { users } from './people.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** The secret that somebody shares with their authenticator app (RFC 6238): it is asked for a code after the password. */
export const twoFactors = pgTable('two_factors', {
  userId: uuid()
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Encrypted with a key that is not in the database. */
  secret: text().notNull(),
  /** When a first code showed that the app has it. Until then nobody is asked for one. */
  confirmedAt: at(),
  /** The time step of the latest code that was taken: neither it nor an earlier one is taken again. */
  lastStep: bigint({ mode: 'number' }).notNull().default(0),
  /** Wrong codes since the last right one, and the moment of the last of them. */
  failures: integer().notNull().default(0),
  failedAt: at(),
  createdAt: at().notNull().defaultNow(),
})

/** What takes the place of a code where the phone is lost, once each; only hashes are kept. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => twoFactors.userId, { onDelete: 'cascade' }),
    codeHash: text().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (table) => [index().on(table.userId)],
)
