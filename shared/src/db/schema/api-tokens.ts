import { foreignKey, index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { TokenScope } from '../../contract/endpoint.ts'
import { members } from './people.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** With what a program acts for a person in one workspace; only the SHA-256 is kept. It ends with the membership. */
export const apiTokens = pgTable(
  'api_tokens',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid().notNull(),
    userId: uuid().notNull(),
    name: text().notNull(),
    scopes: text().array().$type<TokenScope[]>().notNull(),
    prefix: text().notNull(),
    tokenHash: text().notNull().unique(),
    createdAt: at().notNull().defaultNow(),
    expiresAt: at(),
    /** The last request, to within a minute. */
    usedAt: at(),
    revokedAt: at(),
  },
  (table) => [
    foreignKey({
      columns: [table.workspaceId, table.userId],
      foreignColumns: [members.workspaceId, members.userId],
    }).onDelete('cascade'),
    index().on(table.userId, table.workspaceId),
  ],
)
