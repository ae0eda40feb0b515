import { randomBytes } from 'node:crypto'
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Clip, LogEntry, LogPart, Outcome, VoteChoice } from '../contract/decisions.ts'
import { commitmentOf, hashOf, noHash } from '../decisions/log-hash.ts'
import { type Db, one } from './client.ts'
import type { comments } from './schema/comments.ts'
import { decisionLog, decisionLogParts, decisions } from './schema/decisions.ts'
import { users } from './schema/people.ts'
import { updates } from './schema/updates.ts'

type Comment = Pick<typeof comments.$inferSelect, 'id' | 'updateId' | 'authorId' | 'text' | 'supersedesId' | 'atMs' | 'endMs'>
type Voted = { person: { id: string; name: string }; choice: VoteChoice; reason: string }
type Round = { options: string[] | null; clip: Clip | null; outcome: Outcome; votes: Voted[] }
type Part = { name: LogPart['name']; value: NonNullable<LogPart['value']>; userId: string | null }

/** How long before its moment the clip of a decision begins. */
const leadMs = 20_000

/** What led to a decision, where nobody chose: the range it is about, else what comes before its moment. */
export function clipBefore({ atMs, endMs }: Pick<Comment, 'atMs' | 'endMs'>): Clip | null {
  if (atMs === null) return null
  if (endMs !== null && endMs > atMs) return { fromMs: atMs, toMs: endMs }
  return atMs === 0 ? null : { fromMs: Math.max(0, atMs - leadMs), toMs: atMs }
}

async function partsOf(tx: Db, comment: Comment, round: Round | null): Promise<Part[]> {
  const by = one(await tx.select({ id: users.id, name: users.name }).from(users).where(eq(users.id, comment.authorId)))
  const clip = round ? round.clip : clipBefore(comment)
  const what = { text: comment.text, options: round?.options ?? null, clip }
  return [
    { name: 'what', value: what, userId: by.id },
    { name: 'by', value: by, userId: by.id },
    ...(round ? [{ name: 'outcome' as const, value: round.outcome, userId: null }] : []),
    ...(round?.votes ?? []).map((vote) => ({ name: 'vote' as const, value: { ...vote }, userId: vote.person.id })),
  ]
}

const sealed = async ({ name, value, userId }: Part) => {
  const salt = randomBytes(32).toString('hex')
  return { name, value, userId, salt, commitment: await commitmentOf(salt, name, value) }
}

/** The end of a log, which nobody else writes to until the transaction ends. */
async function holdEnd(tx: Db, workspaceId: string, channelId: string | null) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`decisions of ${channelId ?? workspaceId}`}, 0))`)
  const isOfLog = channelId ? eq(decisionLog.channelId, channelId) : isNull(decisionLog.channelId)
  const [last] = await tx
    .select({ seq: decisionLog.seq, hash: decisionLog.hash })
    .from(decisionLog)
    .where(and(eq(decisionLog.workspaceId, workspaceId), isOfLog))
    .orderBy(desc(decisionLog.seq))
    .limit(1)
  return last ?? { seq: 0, hash: noHash }
}

/** Writes down what was decided, in the log of the place where the update is now. @param round null where it was only stated */
export async function appendDecision(tx: Db, comment: Comment, round: Round | null, now: Date): Promise<void> {
  const place = one(
    await tx
      .select({ workspaceId: updates.workspaceId, channelId: updates.channelId })
      .from(updates)
      .where(eq(updates.id, comment.updateId)),
  )
  const last = await holdEnd(tx, place.workspaceId, place.channelId)
  const parts = await Promise.all((await partsOf(tx, comment, round)).map(sealed))
  const entry: Omit<LogEntry, 'hash'> = {
    ...{ v: 1, workspace: place.workspaceId, channel: place.channelId, seq: last.seq + 1, kind: round ? 'closed' : 'stated' },
    ...{ at: now.toISOString(), decision: comment.id, update: comment.updateId, supersedes: comment.supersedesId },
    ...{ previous: last.hash, parts },
  }
  const { seq, kind, previous } = entry
  const about = { commentId: comment.id, updateId: comment.updateId, supersedesId: comment.supersedesId }
  const row = { ...place, seq, kind, at: now, ...about, previous, hash: await hashOf(entry) }
  const { id: entryId } = one(await tx.insert(decisionLog).values(row).returning({ id: decisionLog.id }))
  await tx.insert(decisionLogParts).values(parts.map((part, position) => ({ entryId, position, ...part })))
}

/** A decision that nobody is asked for is in the log as soon as others can read it. One on a draft is not: nobody can. */
export async function logStatement(tx: Db, comment: Comment): Promise<void> {
  const [round] = await tx.select({ id: decisions.commentId }).from(decisions).where(eq(decisions.commentId, comment.id))
  const [update] = await tx.select({ at: updates.publishedAt }).from(updates).where(eq(updates.id, comment.updateId))
  if (!round && update?.at) await appendDecision(tx, comment, null, new Date())
}
