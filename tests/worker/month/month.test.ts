import { existsSync } from 'node:fs'
import type { Db, Sql } from '@meanwhile/shared/db/client'
import { users } from '@meanwhile/shared/db/schema/people'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { cloneDatabase } from '../../support/database.ts'
import { redisServerPath, startRedis } from '../../support/redis.ts'
import { askNowAndThen, inhabit, type Question, witness } from './inhabit.ts'
import { chance, liveThroughIt, liveThroughItTogether, seed } from './live.ts'
import { after, daily, everyDay, fortnightly, momentOn, takesPlace, team, type Who, wall, windowsOn, worksOn } from './team.ts'

const withRedis = existsSync(redisServerPath)
const REDIS_URL = withRedis ? (await startRedis()).url : undefined
/** What began before a window may be committed after it: nothing is delivered earlier. */
const settleMs = 30_000

type Person = { name: string; opens: Date; due: Date; reminded: Date | null; notices: number }
type Round = {
  id: string
  name: string
  date: string
  opened: Date
  closed: Date | null
  opens: Date
  due: Date
  people: Person[]
}

/** The driver hands over moments as the database writes them. */
const asDate = (value: unknown) =>
  typeof value === 'string' && value.endsWith('+00') ? new Date(`${value.replace(' ', 'T')}:00`) : value

async function roundsOf(sql: Sql): Promise<Round[]> {
  const found = await sql<Omit<Round, 'people'>[]>`
    select rounds.id, check_ins.name, rounds.date::text, rounds.opened_at opened, rounds.closed_at closed, rounds.opens_at opens, rounds.due_at due
    from rounds join check_ins on check_ins.id = rounds.check_in_id order by name, date`
  const people = await sql<(Person & { roundId: string })[]>`
    select round_id "roundId", users.name, round_people.opens_at opens, round_people.due_at due, reminded_at reminded,
      (select count(*)::int from notifications where notifications.round_id = round_people.round_id and notifications.user_id = users.id) notices
    from round_people join users on users.id = round_people.user_id`
  const withDates = <T extends object>(row: T): T =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asDate(value)])) as T
  return found.map((round) => ({
    ...withDates(round),
    people: people.filter(({ roundId }) => roundId === round.id).map(withDates),
  }))
}

type Digest = { name: string; window: Date; text: string }

const digestsOf = async (sql: Sql): Promise<Digest[]> =>
  (
    await sql<Digest[]>`select users.name, window_at as window, mails.text from digests
      join mails on mails.id = mail_id join users on users.id = digests.user_id`
  ).map((row) => ({ ...row, window: asDate(row.window) as Date }))

/** The window of its day that was open for somebody at each time that somebody looked; none in focus, and none before the first. */
function openWindows(who: Who, times: readonly Date[]): (Date | undefined)[] {
  const known = new Map<string, Date[]>()
  return times.map((time) => {
    const { date, time: clock, weekday } = wall(who.timeZone, time)
    if (who.focus?.day === weekday && who.focus.from <= clock && clock < who.focus.to) return undefined
    const windows = known.get(date) ?? windowsOn(who, date)
    known.set(date, windows)
    return windows.findLast((at) => at.getTime() + settleMs <= time.getTime())
  })
}

function expectedDates(checkIn: { rule: string }): string[] {
  const dates: string[] = []
  for (let date = '2026-03-09'; date <= '2026-04-05'; date = after(date))
    if (takesPlace(checkIn, date) && team.some((who) => worksOn(who, date))) dates.push(date)
  return dates
}

type Life = (url: string, db: Db, world: (now: Date) => Promise<void>) => Promise<Date[]>

function promises(live: Life, looks: number) {
  let rounds: Round[]
  let asked: Question[]
  let digests: Digest[]
  let times: Date[]
  let sql: Sql
  /** Where workers are killed, one may be while it holds what the other then leaves to it: it is done at one of the next looks. */
  const soonFrom = (at: Date) => times.filter((time) => time >= at).slice(0, looks)
  const isAmong = (found: Date | null, some: Date[]) => some.some((time) => time.getTime() === found?.getTime())
  const isSettled = ({ date }: Round) => date <= '2026-04-05'

  beforeAll(async () => {
    const database = await cloneDatabase()
    sql = database.sql
    await witness(sql)
    const people = await inhabit(database.db)
    const world = await askNowAndThen(database.db, people, chance())
    asked = world.asked
    times = await live(database.url, database.db, world.askUntil)
    rounds = await roundsOf(sql)
    digests = await digestsOf(sql)
    // Nothing changes about a round that has been, whatever becomes of those who were in it.
    await database.db.update(users).set({ timeZone: 'UTC' }).where(eq(users.name, 'Ada'))
  }, 900_000)

  test('every round of the month was opened once, and closed once', async () => {
    for (const checkIn of [daily, fortnightly, everyDay])
      expect(rounds.filter((round) => round.name === checkIn.name && isSettled(round)).map(({ date }) => date)).toEqual(
        expectedDates(checkIn),
      )
    const twice =
      await sql`select what, round_id, count(*) from witnessed where what <> 'reminded' group by 1, 2 having count(*) > 1`
    expect([...twice]).toEqual([])
    for (const round of rounds.filter(isSettled)) expect(round.closed, `${round.name} ${round.date}`).not.toBeNull()
  })

  test('everybody was asked by the clock on their wall, nobody on a day off', () => {
    for (const round of rounds) {
      const { opens, due } = [daily, fortnightly, everyDay].find(({ name }) => name === round.name) ?? daily
      const asked = team.filter((who) => worksOn(who, round.date))
      expect(round.people.map(({ name }) => name).sort()).toEqual(asked.map(({ name }) => name))
      for (const who of asked) {
        const person = round.people.find(({ name }) => name === who.name)
        const opensAt = opens === 'start' ? who.from : opens
        const dueAt = due === 'end' ? who.to : due
        const what = `${round.name} ${round.date} ${who.name}`
        expect(person?.opens, what).toEqual(momentOn(who.timeZone, round.date, opensAt))
        // Half a day that ends before then is over before.
        expect(person?.due, what).toEqual(momentOn(who.timeZone, round.date, dueAt))
      }
      expect(round.opens).toEqual(new Date(Math.min(...round.people.map(({ opens: at }) => at.getTime()))))
      expect(round.due).toEqual(new Date(Math.max(...round.people.map(({ due: at }) => at.getTime()))))
    }
  })

  test('a round opens when its first person begins and closes when its last one is due, or as soon as somebody is there again', () => {
    for (const { name, date, opens, opened, due, closed } of rounds) {
      expect(isAmong(opened, soonFrom(opens)), `${name} ${date} opened at ${opened}`).toBe(true)
      const isOpenAtTheEnd = closed === null && soonFrom(due).length < looks
      expect(isOpenAtTheEnd || isAmong(closed, soonFrom(due)), `${name} ${date} closed at ${closed}`).toBe(true)
    }
  })

  test('everybody was reminded once at most, at the start of their own day, and never on a day off', async () => {
    const twice = await sql`select round_id, user_id from witnessed where what = 'reminded' group by 1, 2 having count(*) > 1`
    expect([...twice]).toEqual([])
    const reminded = rounds.flatMap((round) => round.people.map((person) => ({ ...person, round })))
    for (const { name, reminded: at, opens, due, notices, round } of reminded) {
      const what = `${round.name} ${round.date} ${name}`
      expect(notices, what).toBe(at ? 1 : 0)
      // Where nobody was there from the beginning of their day to its end, a reminder would help nobody.
      const inTime = soonFrom(opens).filter((time) => time < due)
      if (at === null) expect(inTime.length, what).toBeLessThan(looks)
      else expect(isAmong(at, inTime), `${what} at ${at}`).toBe(true)
      if (!at) continue
      const who = team.find((each) => each.name === name) ?? team[0]!
      expect(worksOn(who, wall(who.timeZone, at).date), what).toBe(true)
    }
  })

  test('each question arrived once, in the first window after it that somebody was there for, and nothing on a day off', () => {
    expect(asked.length).toBeGreaterThan(200)
    for (const who of team) {
      const theirs = digests.filter(({ name }) => name === who.name)
      const windows = openWindows(who, times)
      for (const { window } of theirs) {
        const { date } = wall(who.timeZone, window)
        expect(windowsOn(who, date), `${who.name} ${window.toISOString()}`).toContainEqual(window)
      }
      for (const { id, at } of asked.filter(({ name }) => name === who.name)) {
        const what = `${who.name} asked at ${at.toISOString()} (seed ${seed})`
        const told = theirs.filter(({ text }) => text.includes(`?c=${id}`))
        const possible = windows.filter((window) => window && window > at).slice(0, looks)
        if (told.length === 0) expect(possible.length, what).toBeLessThan(looks)
        else {
          expect(told, what).toHaveLength(1)
          expect(possible, what).toContainEqual(told[0]!.window)
        }
      }
    }
  })

  test('a reminder is one mail', async () => {
    const [mailed] = await sql`select count(*)::int from mails where kind = 'reminder'`
    expect(mailed?.count).toBe(rounds.flatMap(({ people }) => people).filter(({ reminded }) => reminded).length)
  })
}

describe('a month of seven people, kept by two at once', () => promises((_url, db, world) => liveThroughItTogether(db, world), 1))
describe('a month of seven people, on PostgreSQL', () =>
  promises((DATABASE_URL, _db, world) => liveThroughIt({ DATABASE_URL }, world), 3))
describe.skipIf(!withRedis)('a month of seven people, on Redis', () =>
  promises((DATABASE_URL, _db, world) => liveThroughIt({ DATABASE_URL, REDIS_URL }, world), 3),
)
