import type { Db } from '@meanwhile/shared/db/client'
import { busyCalendars } from '@meanwhile/shared/db/schema/delivery'
import { members, users } from '@meanwhile/shared/db/schema/people'
import { toldAt } from '@meanwhile/shared/pairing/fortnight'
import type { Met, Pairable } from '@meanwhile/shared/pairing/match'
import { calendarOf } from '@meanwhile/shared/working-hours/clock'
import { and, eq, isNull, sql } from 'drizzle-orm'

/** What somebody said somewhere for longer is not what they have in common with others. */
const lately = sql`interval '90 days'`

const clock = {
  timeZone: users.timeZone,
  workingHours: users.workingHours,
  daysOff: users.daysOff,
  away: busyCalendars.daysOff,
}

export type Clock = {
  timeZone: string | null
  workingHours: typeof users.$inferSelect.workingHours
  daysOff: typeof users.$inferSelect.daysOff
  away: typeof busyCalendars.$inferSelect.daysOff | null
}

/** Days off of their own calendar are days off. */
export const workCalendarOf = ({ away, daysOff, ...person }: Clock) =>
  calendarOf({ ...person, daysOff: [...daysOff, ...(away ?? [])] })

export const clocks = (db: Db) =>
  db
    .select({ userId: users.id, ...clock })
    .from(users)
    .leftJoin(busyCalendars, eq(busyCalendars.userId, users.id))

/** Who is paired in a fortnight, and when they are told: members who did not opt out, and work in what is left of it. */
export async function peopleToPair(db: Db, workspaceId: string, startsOn: string, now: Date) {
  const rows = await clocks(db)
    .innerJoin(members, and(eq(members.userId, users.id), eq(members.workspaceId, workspaceId)))
    .where(
      and(isNull(users.guestOf), isNull(users.importedTo), sql`coalesce(${users.preferences} -> 'pairing', 'true') <> 'false'`),
    )
  return rows.flatMap(({ userId, ...person }) => {
    const opensAt = toldAt(workCalendarOf(person), startsOn, now)
    return opensAt ? [{ userId, opensAt }] : []
  })
}

/** Where people meet anyway: private channels they are in, channels they wrote in lately, check-ins that they take part in. */
export async function placesOf(db: Db, workspaceId: string, ids: readonly string[]): Promise<Pairable[]> {
  const rows = await db.execute<{ user_id: string; place: string }>(sql`
    select inside.user_id, inside.channel_id as place from channel_members inside
      join channels on channels.id = inside.channel_id where channels.workspace_id = ${workspaceId}
    union select author_id, channel_id from updates
      where workspace_id = ${workspaceId} and channel_id is not null and created_at > now() - ${lately}
    union select asked.user_id, asked.check_in_id from check_in_people asked
      join check_ins on check_ins.id = asked.check_in_id where check_ins.workspace_id = ${workspaceId} and check_ins.archived_at is null`)
  const places = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]))
  for (const { user_id, place } of rows) places.get(user_id)?.add(place)
  return [...places].map(([id, own]) => ({ id, places: own }))
}

/** So many fortnights back it counts that people were paired. */
const remembered = 26

/** Who was paired with whom, and how many fortnights ago, and what everybody was asked. */
export async function pastOf(db: Db, workspaceId: string, startsOn: string) {
  const rows = await db.execute<{ a: string; b: string; ago: number }>(sql`
    select one.user_id as a, other.user_id as b, ((${startsOn}::date - pairings.starts_on) / 14)::int as ago from pairings
      join pairing_people one on one.pairing_id = pairings.id
      join pairing_people other on other.pairing_id = pairings.id and other.user_id > one.user_id
    where pairings.workspace_id = ${workspaceId} and pairings.starts_on > ${startsOn}::date - ${remembered * 14}::int`)
  const asked = await db.execute<{ user_id: string; question: string }>(sql`
    select asked.user_id, pairings.question from pairings join pairing_people asked on asked.pairing_id = pairings.id
    where pairings.workspace_id = ${workspaceId}`)
  const questions = new Map<string, string[]>()
  for (const { user_id, question } of asked) questions.set(user_id, [...(questions.get(user_id) ?? []), question])
  return { met: [...rows] as Met[], questions }
}
