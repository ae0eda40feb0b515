import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as agreements from './schema/agreements.ts'
import * as apiTokens from './schema/api-tokens.ts'
import * as audit from './schema/audit.ts'
import * as captions from './schema/captions.ts'
import * as channelPosts from './schema/channel-posts.ts'
import * as channels from './schema/channels.ts'
import * as checkIns from './schema/check-ins.ts'
import * as comments from './schema/comments.ts'
import * as decisions from './schema/decisions.ts'
import * as delivery from './schema/delivery.ts'
import * as erasures from './schema/erasures.ts'
import * as events from './schema/events.ts'
import * as hours from './schema/hours.ts'
import * as interviews from './schema/interviews.ts'
import * as life from './schema/life.ts'
import * as mails from './schema/mails.ts'
import * as notifications from './schema/notifications.ts'
import * as pairings from './schema/pairings.ts'
import * as passkeys from './schema/passkeys.ts'
import * as people from './schema/people.ts'
import * as reactions from './schema/reactions.ts'
import * as reels from './schema/reels.ts'
import * as shareLinks from './schema/share-links.ts'
import * as transfers from './schema/transfers.ts'
import * as twoFactor from './schema/two-factor.ts'
import * as updateGrants from './schema/update-grants.ts'
import * as updates from './schema/updates.ts'
import * as urgents from './schema/urgents.ts'
import * as videos from './schema/videos.ts'
import * as webhooks from './schema/webhooks.ts'

export const schema = {
  ...people,
  ...channels,
  ...updates,
  ...comments,
  ...reactions,
  ...videos,
  ...captions,
  ...notifications,
  ...events,
  ...audit,
  ...shareLinks,
  ...apiTokens,
  ...mails,
  ...passkeys,
  ...transfers,
  ...life,
  ...erasures,
  ...updateGrants,
  ...webhooks,
  ...twoFactor,
  ...reels,
  ...delivery,
  ...urgents,
  ...channelPosts,
  ...decisions,
  ...agreements,
  ...checkIns,
  ...hours,
  ...pairings,
  ...interviews,
}

/** A connection or a transaction. */
export type Db = PostgresJsDatabase<typeof schema>

/** A pool; `sql` is the driver itself, for `LISTEN` and for closing. */
export function connect(url: string, { max = 10 }: { max?: number } = {}) {
  const sql = postgres(url, { max, onnotice: () => {} })
  return { db: drizzle(sql, { schema, casing: 'snake_case' }) as Db, sql }
}
export type Sql = ReturnType<typeof connect>['sql']

/** The same pool for a library that asks few things often, and does not say so: each query is planned once per connection. */
export function preparing(sql: Sql): Db {
  const unsafe: Sql['unsafe'] = (query, parameters, options) => sql.unsafe(query, parameters, { ...options, prepare: true })
  const prepared = new Proxy(sql, { get: (target, key) => (key === 'unsafe' ? unsafe : Reflect.get(target, key)) })
  return drizzle(prepared, { schema, casing: 'snake_case' }) as Db
}

/** The only row of a result. @throws when there is none */
export function one<T>(rows: T[]): T {
  const [row] = rows
  if (row === undefined) throw new Error('expected a row')
  return row
}
