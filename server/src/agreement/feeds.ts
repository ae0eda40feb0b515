import { randomBytes } from 'node:crypto'
import type { CalendarFeed } from '@meanwhile/shared/contract/calendar-feed'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { and, eq, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit.ts'
import { tokenHash } from '../auth/token-hash.ts'
import type { Viewer } from '../session.ts'

const { calendarFeeds, users, workspaces } = schema

const isOf = ({ id, workspace }: Viewer) => and(eq(calendarFeeds.userId, id), eq(calendarFeeds.workspaceId, workspace.id))
const target = (id: string) => ({ type: 'calendar-feed', id })

/** Whether somebody has an address for their calendar in this workspace. */
export async function feedOf(db: Db, viewer: Viewer): Promise<CalendarFeed | null> {
  const { createdAt, usedAt } = calendarFeeds
  const [row] = await db.select({ createdAt, usedAt }).from(calendarFeeds).where(isOf(viewer))
  return row ?? null
}

/** One for each person and workspace: an earlier one ends. The token is returned this once; the table keeps its hash. */
export const addFeed = (db: Db, actor: Viewer, from: string): Promise<CalendarFeed & { token: string }> =>
  db.transaction(async (tx) => {
    // One after the other, so that there are never two.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, actor.id)).for('no key update')
    await tx.delete(calendarFeeds).where(isOf(actor))
    const token = randomBytes(32).toString('base64url')
    const values = { workspaceId: actor.workspace.id, userId: actor.id, tokenHash: tokenHash(token) }
    const { id, createdAt, usedAt } = one(await tx.insert(calendarFeeds).values(values).returning())
    await recordAudit(tx, { actor, action: 'calendar-feed.created', target: target(id), from })
    return { createdAt, usedAt, token }
  })

export const revokeFeed = (db: Db, actor: Viewer, from: string): Promise<void> =>
  db.transaction(async (tx) => {
    const [row] = await tx.delete(calendarFeeds).where(isOf(actor)).returning({ id: calendarFeeds.id })
    if (row) await recordAudit(tx, { actor, action: 'calendar-feed.revoked', target: target(row.id), from })
  })

/** The workspace that a token is for; undefined for one that opens nothing. That it was used is remembered to within an hour. */
export async function workspaceOfFeed(db: Db, token: string): Promise<{ id: string; name: string } | undefined> {
  const [row] = await db
    .select({ feedId: calendarFeeds.id, usedAt: calendarFeeds.usedAt, id: workspaces.id, name: workspaces.name })
    .from(calendarFeeds)
    .innerJoin(workspaces, eq(workspaces.id, calendarFeeds.workspaceId))
    .where(eq(calendarFeeds.tokenHash, tokenHash(token)))
  if (!row) return undefined
  const isOld = sql`(${calendarFeeds.usedAt} is null or ${calendarFeeds.usedAt} < now() - interval '1 hour')`
  await db
    .update(calendarFeeds)
    .set({ usedAt: sql`now()` })
    .where(and(eq(calendarFeeds.id, row.feedId), isOld))
  return { id: row.id, name: row.name }
}
