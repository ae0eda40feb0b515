import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { PlaybackChoice } from '../../contract/playback.ts'
import type { KeptPreferences } from '../../contract/preferences.ts'
import type { DayOff, WorkingHours } from '../../contract/profile.ts'
import { candidateInvitations } from './interviews.ts'
import { shareLinks } from './share-links.ts'

const at = () => timestamp({ withTimezone: true, precision: 3 })

/** People, sessions, accounts and verifications have the columns that better-auth asks for. */
export const users = pgTable(
  'users',
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    email: text().notNull().unique(),
    emailVerified: boolean().notNull().default(false),
    image: text(),
    /** The object that is their picture; its address is as unguessable as its key. */
    pictureKey: text(),
    /** The speed at which this person watches; null when they never chose one. */
    rate: real(),
    /** What else they chose. A key that is missing was never chosen. */
    preferences: jsonb().$type<KeptPreferences>().notNull().default({}),
    /** The share link by which a guest came: somebody without an account, whom no workspace has among its members. */
    guestOf: uuid().references((): AnyPgColumn => shareLinks.id, { onDelete: 'cascade' }),
    /** The invitation that a candidate answers, whose id is theirs too: somebody without an account, whom no workspace has among its members. */
    candidateOf: uuid().references((): AnyPgColumn => candidateInvitations.id, { onDelete: 'cascade' }),
    /** The workspace that an export brought this name to: somebody without an account, who only stands beside what they once made. */
    importedTo: uuid().references((): AnyPgColumn => workspaces.id, { onDelete: 'cascade' }),
    /** An IANA name; null until a browser has said it. */
    timeZone: text(),
    /** In that zone; null when this person never said. */
    workingHours: jsonb().$type<WorkingHours>(),
    daysOff: jsonb().$type<DayOff[]>().notNull().default([]),
    createdAt: at().notNull().defaultNow(),
    updatedAt: at().notNull().defaultNow(),
  },
  (table) => [index().on(table.guestOf), index().on(table.candidateOf), index().on(table.importedTo)],
)

export const sessions = pgTable(
  'sessions',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    token: text().notNull().unique(),
    expiresAt: at().notNull(),
    ipAddress: text(),
    userAgent: text(),
    /** The workspace that its requests are for; without one it is the one that the person used last. */
    workspaceId: uuid().references(() => workspaces.id, { onDelete: 'set null' }),
    /** The last request, to within a few minutes. */
    usedAt: at().notNull().defaultNow(),
    createdAt: at().notNull().defaultNow(),
    updatedAt: at().notNull().defaultNow(),
  },
  (table) => [index().on(table.userId)],
)

export const accounts = pgTable(
  'accounts',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    accountId: text().notNull(),
    providerId: text().notNull(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: at(),
    refreshTokenExpiresAt: at(),
    scope: text(),
    password: text(),
    createdAt: at().notNull().defaultNow(),
    updatedAt: at().notNull().defaultNow(),
  },
  (table) => [index().on(table.userId)],
)

export const verifications = pgTable(
  'verifications',
  {
    id: uuid().primaryKey().defaultRandom(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: at().notNull(),
    createdAt: at().notNull().defaultNow(),
    updatedAt: at().notNull().defaultNow(),
  },
  (table) => [index().on(table.identifier)],
)

export const workspaces = pgTable('workspaces', {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  /** How its people watch when neither they nor the author chose. */
  playback: jsonb().$type<Partial<PlaybackChoice>>().notNull().default({}),
  /** Who joins has an address at one of these; none means at any. */
  emailDomains: text().array().notNull().default([]),
  /** After so many days an update goes to the trash; null for never. */
  retentionDays: integer(),
  /** Sites whose pages may show updates in a frame, as policies of browsers name them; none means any. */
  embedSites: text().array().notNull().default([]),
  /** The first Monday of pairings, from which fortnights are counted; null: there are none. */
  pairingFrom: date({ mode: 'string' }),
  createdAt: at().notNull().defaultNow(),
})

export const members = pgTable(
  'members',
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text({ enum: ['owner', 'admin', 'member'] }).notNull(),
    joinedAt: at().notNull().defaultNow(),
    /** When this person went to this workspace last: new sessions begin in the latest. */
    usedAt: at().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.userId] }),
    index().on(table.userId),
    uniqueIndex('members_one_owner').on(table.workspaceId).where(sql`${table.role} = 'owner'`),
  ],
)

/** An invitation link; only the SHA-256 of its token is kept. */
export const invitations = pgTable(
  'invitations',
  {
    id: uuid().primaryKey().defaultRandom(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    createdById: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    tokenHash: text().notNull().unique(),
    /** The address that the link was sent to, if any. Whoever has it may use it. */
    email: text(),
    uses: integer().notNull().default(0),
    createdAt: at().notNull().defaultNow(),
    expiresAt: at().notNull(),
    revokedAt: at(),
  },
  (table) => [index().on(table.workspaceId)],
)

/** A link with which somebody sets a new password; only the SHA-256 of its token is kept. */
export const passwordResets = pgTable(
  'password_resets',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdById: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    tokenHash: text().notNull().unique(),
    createdAt: at().notNull().defaultNow(),
    expiresAt: at().notNull(),
    /** When it was used, or when a later link took its place. */
    usedAt: at(),
  },
  (table) => [index().on(table.userId)],
)
