import { type Db, schema } from '@meanwhile/shared/db/client'
import { getOutbound, OutboundRefused, type OutboundRules } from '@meanwhile/shared/platform/outbound'
import { CalendarUnreadable } from '@meanwhile/shared/working-hours/read-calendar'
import { and, eq, sql } from 'drizzle-orm'
import { readInThread } from './read-in-thread.ts'

const { busyCalendars, users } = schema

const batch = 10
const weeks = 6
const everyMinutes = 60
const afterFailureMinutes = 20
const day = 86_400_000

/** Takes calendars that are to be read, for this worker alone, until the next time: one that ends its worker does not end the next at once. */
const takeDue = (db: Db, now: Date) =>
  db.execute<Due>(sql`
    update busy_calendars set next_read_at = ${now.toISOString()}::timestamptz + make_interval(mins => ${everyMinutes})
    where user_id in (select user_id from busy_calendars where next_read_at <= ${now.toISOString()}::timestamptz
      order by next_read_at limit ${batch} for update skip locked)
    returning user_id, url`)

function reasonOf(error: unknown): string {
  if (error instanceof OutboundRefused || error instanceof CalendarUnreadable) return error.message
  if (error instanceof Error && /^(Timeout|Abort)Error$/.test(error.name)) return 'It did not answer in time'
  return 'It could not be reached'
}

type Due = { user_id: string; url: string }

/** Asks for a calendar. @throws what the network says, and {@link CalendarUnreadable} */
async function fetchCalendar(rules: OutboundRules, url: string): Promise<string> {
  const headers = { accept: 'text/calendar', 'user-agent': 'Meanwhile-Calendar' }
  const { status, text } = await getOutbound({ url, headers }, rules)
  if (status !== 200) throw new CalendarUnreadable(`It answered with ${status}`)
  return text
}

async function readOne(db: Db, { user_id: userId, url }: Due, fetched: PromiseSettledResult<string>, now: Date) {
  const isThis = and(eq(busyCalendars.userId, userId), eq(busyCalendars.url, url))
  const next = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
  try {
    if (fetched.status === 'rejected') throw fetched.reason
    const [person] = await db.select({ timeZone: users.timeZone }).from(users).where(eq(users.id, userId))
    const span = {
      timeZone: person?.timeZone ?? 'UTC',
      from: new Date(now.getTime() - day),
      to: new Date(now.getTime() + weeks * 7 * day),
    }
    const { busy, daysOff } = await readInThread(fetched.value, span)
    const pairs = busy.map(({ from, to }): [number, number] => [from.getTime(), to.getTime()])
    await db
      .update(busyCalendars)
      .set({ busy: pairs, daysOff, readAt: now, failure: null, nextReadAt: next(everyMinutes) })
      .where(isThis)
  } catch (error) {
    // What was read before stays: a calendar that cannot be reached for an hour has not become empty.
    await db
      .update(busyCalendars)
      .set({ failure: reasonOf(error), nextReadAt: next(afterFailureMinutes) })
      .where(isThis)
  }
}

/** Reads the calendars whose time has come, one at a time: when their people are busy, and nothing else of them. */
export async function readCalendars(db: Db, rules: OutboundRules, now: Date): Promise<number> {
  const due = await takeDue(db, now)
  const fetched = await Promise.allSettled(due.map(({ url }) => fetchCalendar(rules, url)))
  for (const [at, one] of fetched.entries()) await readOne(db, due[at] as Due, one, now)
  return due.length
}
