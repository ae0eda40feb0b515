import type { LogEntry, LoggedDecision, LogPart } from '@meanwhile/shared/contract/decisions'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, asc, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Viewer } from '../session.ts'
import { visibleTo } from '../updates/access.ts'

const { comments, decisionLog, decisionLogParts, updates } = schema
type Row = typeof decisionLog.$inferSelect

/** The log of a channel, or of the place of the whole workspace. */
export type LogPlace = { workspaceId: string; channelId: string | null }

const isOf = ({ workspaceId, channelId }: LogPlace) =>
  and(eq(decisionLog.workspaceId, workspaceId), channelId ? eq(decisionLog.channelId, channelId) : isNull(decisionLog.channelId))

const asPattern = (text: string) => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** Taken out of sight: that it was decided stays, what it says is not shown, as of whoever is erased. */
const isHidden = sql`exists (select from ${comments} where ${comments.id} = ${decisionLog.commentId} and ${comments.hiddenAt} is not null)`

const says = (text: string) =>
  sql`not ${isHidden} and exists (select from ${decisionLogParts} where ${decisionLogParts.entryId} = ${decisionLog.id}
    and ${decisionLogParts.name} = 'what' and ${decisionLogParts.value}->>'text' ilike ${asPattern(text)})`

async function partsOf(db: Db, rows: readonly Row[]): Promise<Map<number, LogPart[]>> {
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const found = await db
    .select({ part: decisionLogParts, isHidden: sql<boolean>`${isHidden}` })
    .from(decisionLogParts)
    .innerJoin(decisionLog, eq(decisionLog.id, decisionLogParts.entryId))
    .where(inArray(decisionLogParts.entryId, ids))
    .orderBy(asc(decisionLogParts.entryId), asc(decisionLogParts.position))
  const byEntry = new Map<number, LogPart[]>()
  for (const { part, isHidden: hidden } of found) {
    const { entryId, name, commitment, salt, value } = part
    const said = hidden && name === 'what' ? { salt: null, value: null } : { salt, value }
    byEntry.set(entryId, [...(byEntry.get(entryId) ?? []), { name, commitment, ...said }])
  }
  return byEntry
}

const entryOf = (row: Row, parts: LogPart[]): LogEntry => ({
  ...{ v: 1, workspace: row.workspaceId, channel: row.channelId, seq: row.seq, kind: row.kind, at: row.at.toISOString() },
  ...{ decision: row.commentId, update: row.updateId, supersedes: row.supersedesId, previous: row.previous, parts },
  hash: row.hash,
})

/** Which entries of the same log take the place of some. */
async function supersedersOf(db: Db, place: LogPlace, rows: readonly Row[]): Promise<Map<string, number>> {
  const ids = rows.map(({ commentId }) => commentId)
  if (ids.length === 0) return new Map()
  const found = await db
    .select({ seq: decisionLog.seq, of: decisionLog.supersedesId })
    .from(decisionLog)
    .where(and(isOf(place), inArray(decisionLog.supersedesId, ids)))
    .orderBy(asc(decisionLog.seq))
  return new Map(found.flatMap(({ seq, of }): [string, number][] => (of ? [[of, seq]] : [])))
}

/** Where they were said, of those that the viewer still sees. */
async function placesOf(db: Db, viewer: Viewer, rows: readonly Row[]) {
  const ids = rows.map(({ commentId }) => commentId)
  if (ids.length === 0) return new Map<string, NonNullable<LoggedDecision['place']>>()
  const found = await db
    .select({ id: comments.id, atMs: comments.atMs, title: updates.title })
    .from(comments)
    .innerJoin(updates, eq(updates.id, comments.updateId))
    .where(and(inArray(comments.id, ids), isNull(comments.deletedAt), visibleTo(viewer)))
  return new Map(found.map(({ id, atMs, title }) => [id, { atMs, title }]))
}

type Page = { q: string; cursor?: number | undefined; limit: number }

/** What was decided in a place that the viewer sees, newest first. */
export async function decisionsIn(db: Db, place: LogPlace, viewer: Viewer, { q, cursor, limit }: Page) {
  const rows = await db
    .select()
    .from(decisionLog)
    .where(and(isOf(place), q ? says(q) : undefined, cursor ? lt(decisionLog.seq, cursor) : undefined))
    .orderBy(desc(decisionLog.seq))
    .limit(limit + 1)
  const shown = rows.slice(0, limit)
  const [parts, superseders, places] = await Promise.all([
    partsOf(db, shown),
    supersedersOf(db, place, shown),
    placesOf(db, viewer, shown),
  ])
  const items = shown.map((row) => ({
    ...entryOf(row, parts.get(row.id) ?? []),
    supersededBy: superseders.get(row.commentId) ?? null,
    place: places.get(row.commentId) ?? null,
  }))
  return { items, nextCursor: rows.length > limit ? `${shown.at(-1)?.seq}` : null }
}

/** At once in memory. */
const batch = 200

/** The whole log as JSON lines, oldest first. It grows at its end alone, so that batches are as good as one look. */
export async function* logLines(db: Db, place: LogPlace): AsyncGenerator<string> {
  for (let after = 0; ; ) {
    const rows = await db
      .select()
      .from(decisionLog)
      .where(and(isOf(place), gt(decisionLog.seq, after)))
      .orderBy(asc(decisionLog.seq))
      .limit(batch)
    const parts = await partsOf(db, rows)
    for (const row of rows) yield `${JSON.stringify(entryOf(row, parts.get(row.id) ?? []))}\n`
    if (rows.length < batch) return
    after = rows.at(-1)!.seq
  }
}
