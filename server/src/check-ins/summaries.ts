import type { Completion, PersonRole, PersonState, RoundSummary } from '@meanwhile/shared/contract/check-ins'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { encodeCursor } from '../cursor.ts'
import type { Viewer } from '../session.ts'

const { roundPeople, rounds } = schema

const completion = sql<Completion>`(select json_build_object(
    'asked', count(*),
    'answered', count(*) filter (where said.state in ('answered', 'nothing')),
    'late', count(*) filter (where said.state in ('answered', 'nothing') and said.answered_at > said.due_at),
    'skipped', count(*) filter (where said.state = 'skipped'),
    'blocked', count(*) filter (where said.is_blocked))
  from round_people said where said.round_id = ${rounds.id} and said.role = 'participant')`

/** What is told of a round in a list, with what it asks of this viewer. */
export const summariesFor = (db: Db, viewer: Viewer) =>
  db
    .select({ round: rounds, completion, mine: roundPeople })
    .from(rounds)
    .leftJoin(roundPeople, and(eq(roundPeople.roundId, rounds.id), eq(roundPeople.userId, viewer.id)))
type Row = Awaited<ReturnType<typeof summariesFor>>[number]

const mineOf = ({ role, state, opensAt, dueAt }: { role: PersonRole; state: PersonState; opensAt: Date; dueAt: Date }) => ({
  role,
  state,
  opensAt,
  dueAt,
})

export function summaryOf({ round, completion, mine }: Row): RoundSummary {
  const { questions: _, ...facts } = round
  return { ...facts, wasMissed: round.openedAt >= round.dueAt, completion, mine: mine && mineOf(mine) }
}

/** The latest round of each check-in. */
export async function latestRounds(db: Db, checkInIds: string[], viewer: Viewer): Promise<Map<string, RoundSummary>> {
  if (checkInIds.length === 0) return new Map()
  const latest = sql`(${rounds.checkInId}, ${rounds.date}) in (select check_in_id, max(date) from rounds where ${inArray(sql`check_in_id`, checkInIds)} group by 1)`
  const rows = await summariesFor(db, viewer).where(latest)
  return new Map(rows.map((row) => [row.round.checkInId, summaryOf(row)]))
}

/** The mean of each mood and number question. */
const means = sql<Record<string, number>>`coalesce((select json_object_agg(mean.key, mean.value) from (
    select each.key, round(avg(each.value::numeric), 2) as value from round_people said, jsonb_each_text(said.numbers) each
    where said.round_id = ${rounds.id} group by 1) mean), '{}')`

type Page = { limit: number; before?: string | undefined }

/** A page of the rounds of a check-in, newest first. */
export async function roundsOf(db: Db, checkInId: string, viewer: Viewer, { limit, before }: Page) {
  const rows = await db
    .select({ round: rounds, completion, mine: roundPeople, numbers: means })
    .from(rounds)
    .leftJoin(roundPeople, and(eq(roundPeople.roundId, rounds.id), eq(roundPeople.userId, viewer.id)))
    .where(and(eq(rounds.checkInId, checkInId), before === undefined ? undefined : sql`${rounds.date} < ${before}::date`))
    .orderBy(desc(rounds.date))
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(({ numbers, ...row }) => ({ ...summaryOf(row), numbers }))
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.date]) : null }
}
