import { schema } from '@meanwhile/shared/db/client'
import { weekOf } from '@meanwhile/shared/working-hours/hours-given-back'
import { keepRounds } from '@meanwhile/worker/rounds/keep-rounds'
import { recover } from '@meanwhile/worker/schedules/recover'
import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'
import { guestsOn } from '../support/guest.ts'

const { app, as, given, db, send, finish } = await startApp()
const { share, guest } = guestsOn(app)
const olga = await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const mallory = await given.stranger('Mallory')
const cut = await cutRecording({ ms: 4000 })
const long = await cutRecording({ ms: 20_000, size: '64x36' })

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const ask = (person: Person, method: Method, url: string, payload?: object) =>
  as(person).inject({ method, url, ...(payload && { payload }) })
async function done(person: Person, method: Method, url: string, payload?: object) {
  const answer = await ask(person, method, url, payload)
  if (answer.statusCode >= 300) throw new Error(`${method} ${url} was answered ${answer.body}`)
  return answer.body === '' ? null : answer.json()
}
const today = new Date().toISOString().slice(0, 10)
const thisWeek = weekOf(today)
const weeksAgo = (count: number) => new Date(Date.parse(thisWeek) - count * 7 * 86_400_000).toISOString().slice(0, 10)
const hour = 3_600_000

const standUp = { name: 'Stand-up', people: 6, minutes: 15, times: 5, per: 'week', since: weeksAgo(2) }
const meetings = '/api/replaced-meetings'
const add = (payload: object = {}, who = olga) => ask(who, 'POST', meetings, { ...standUp, ...payload })
const channel = async (isPrivate = false): Promise<string> =>
  (await done(olga, 'POST', '/api/channels', { name: `Channel ${crypto.randomUUID()}`, isPrivate })).id
const hours = async (place: string) => {
  const { recordedMs, watchedMs } = schema.hoursWeeks
  const [row] = await db
    .select({ recordedMs, watchedMs })
    .from(schema.hoursWeeks)
    .where(eq(schema.hoursWeeks.place, place as 'everyone'))
  return row ?? { recordedMs: 0, watchedMs: 0 }
}
/** A recording in a channel of its own, that anybody may have watched for long. */
async function posted(recording = long) {
  const channelId = await channel()
  const { id, videoId } = await given.update(ada, { channelId, video: { tracks: ['main'] } })
  for (const number of recording.numbers) await send(ada, `${videoId}`, 'main', number, recording)
  await finish(ada, `${videoId}`, { main: { segments: recording.numbers.length - 1 } })
  await db.execute(sql`update updates set created_at = now() - interval '1 hour' where id = ${id}`)
  return { id, videoId: `${videoId}`, channelId, place: `channel:${channelId}` }
}
const view = (who: Person, id: string, watchedMs: number, ranges = [[0, 20_000]]) =>
  ask(who, 'PUT', `/api/updates/${id}/view`, { ranges, watchedMs })
/** The last report of somebody was so long ago. */
const wait = (id: string, ms: number) =>
  db.execute(sql`update views set watched_at = watched_at - ${ms} * interval '1 ms' where update_id = ${id}`)

test('owner and admins say which meetings are replaced, and when they are held again; everybody reads it', async () => {
  expect((await add({}, ben)).statusCode).toBe(403)
  const made = (await add()).json()
  expect(made).toMatchObject({ ...standUp, until: null, place: null, placeName: null })
  expect(await done(ben, 'GET', meetings)).toEqual([made])
  const url = `${meetings}/${made.id}`
  expect((await ask(ben, 'PATCH', url, { minutes: 20 })).statusCode).toBe(403)
  expect(await done(olga, 'PATCH', url, { minutes: 20, until: thisWeek })).toEqual({ ...made, minutes: 20, until: thisWeek })
  expect((await done(olga, 'GET', '/api/audit-events')).items.slice(0, 2)).toMatchObject([
    { action: 'replaced-meeting.changed', target: { name: 'Stand-up' }, details: { parts: ['minutes', 'until'] } },
    { action: 'replaced-meeting.added', target: { name: 'Stand-up' } },
  ])
  expect(await done(mallory, 'GET', meetings)).toEqual([])
  expect((await ask(mallory, 'DELETE', url)).statusCode).toBe(404)
  await done(olga, 'DELETE', url)
  expect(await done(ben, 'GET', meetings)).toEqual([])
})

test.each([
  ['one person alone', { people: 1 }, 'people'],
  ['no time', { minutes: 0 }, 'minutes'],
  ['more than anybody holds', { times: 1000 }, 'times'],
  ['an unknown stretch', { per: 'year' }, 'per'],
  ['a day that is none', { since: '2026-02-30' }, 'since'],
  ['held again before it was replaced', { until: '2020-01-01' }, 'until'],
  ['a place that is none', { place: 'nowhere' }, 'place'],
  ['a channel that is not there', { place: `channel:${crypto.randomUUID()}` }, 'place'],
])('%s is refused', async (_name, change, field) => {
  const refused = await add(change)
  expect(refused.json()).toMatchObject({ status: 400, errors: [{ field }] })
})

test('only what everybody sees takes the place of a meeting, and what is closed later counts no more', async () => {
  expect((await add({ place: `channel:${await channel(true)}` })).statusCode).toBe(400)
  const checkIn = await done(olga, 'POST', '/api/check-ins', {
    ...{ name: 'Daily', questions: [{ id: 'a', kind: 'open', text: 'Well?' }], people: [] },
    cadence: { rule: 'FREQ=DAILY', startsOn: today, timeZone: 'UTC' },
  })
  const place = `check-in:${checkIn.id}`
  const made = (await add({ place })).json()
  expect(made).toMatchObject({ place, placeName: 'Daily' })
  await done(olga, 'PATCH', `/api/check-ins/${checkIn.id}`, { channelId: await channel(true) })
  expect(await done(ben, 'GET', meetings)).toMatchObject([{ id: made.id, place: null, placeName: null }])
  await done(olga, 'DELETE', `${meetings}/${made.id}`)
})

test('a recording counts once with all its length where it is posted, and so does an answer by video', async () => {
  const { id, videoId, place } = await posted()
  expect(await hours(place)).toEqual({ recordedMs: 20_000, watchedMs: 0 })
  await finish(ada, videoId, { main: { segments: long.numbers.length - 1 } })
  await done(ada, 'PATCH', `/api/videos/${videoId}`, { cuts: [[0, 8_000]] })
  expect(await hours(place)).toEqual({ recordedMs: 20_000, watchedMs: 0 })
  const reply = await done(ben, 'POST', `/api/updates/${id}/comments`, { text: '', atMs: 0, video: { tracks: ['main'] } })
  for (const number of cut.numbers) await send(ben, reply.videoId, 'main', number, cut)
  await finish(ben, reply.videoId, { main: { segments: cut.numbers.length - 1 } })
  expect((await hours(place)).recordedMs).toBe(24_000)
})

test('one that the server finished in place of its recorder grows by what comes later', async () => {
  const channelId = await channel()
  const { videoId } = await given.update(ada, { channelId, video: { tracks: ['main'] } })
  const [first, ...rest] = [long.numbers.slice(0, 4), ...long.numbers.slice(4).map((number) => [number])]
  for (const number of first ?? []) await send(ada, `${videoId}`, 'main', number, long)
  await db.execute(sql`update videos set created_at = now() - interval '2 days' where id = ${videoId}`)
  await db.execute(sql`update segments set created_at = now() - interval '1 day' where video_id = ${videoId}`)
  await recover(db, `${videoId}`, 60)
  const { recordedMs } = await hours(`channel:${channelId}`)
  expect(recordedMs).toBeGreaterThan(0)
  for (const number of rest.flat()) await send(ada, `${videoId}`, 'main', number, long)
  await finish(ada, `${videoId}`, { main: { segments: long.numbers.length - 1 } })
  expect(await hours(`channel:${channelId}`)).toEqual({ recordedMs: 20_000, watchedMs: 0 })
})

test('what answers a check-in counts for it, a clip for each question too', async () => {
  const questions = [
    { id: 'done', kind: 'open', text: 'Done?' },
    { id: 'next', kind: 'open', text: 'Next?' },
  ]
  const allDay = { from: '00:00', to: '24:00' }
  const workingHours = Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, allDay]),
  )
  await done(ada, 'PATCH', '/api/me/profile', { timeZone: 'UTC', workingHours })
  const cadence = { rule: 'FREQ=DAILY', startsOn: today, timeZone: 'UTC' }
  const people = [{ userId: ada.id, role: 'participant' }]
  const checkIn = await done(ada, 'POST', '/api/check-ins', { name: 'Daily', questions, cadence, people })
  await keepRounds(db, new Date(`${today}T12:00:00Z`))
  const round = await done(ada, 'GET', `/api/check-ins/${checkIn.id}/rounds/${today}`)
  for (const question of ['done', 'next']) {
    const { id, videoId } = await given.update(ada, { roundId: round.id, question, video: { tracks: ['main'] } })
    for (const number of cut.numbers) await send(ada, `${videoId}`, 'main', number, cut)
    await finish(ada, `${videoId}`, { main: { segments: cut.numbers.length - 1 } })
    await db.execute(sql`update updates set created_at = now() - interval '1 hour' where id = ${id}`)
    await view(ben, id, 3_000, [[0, 4_000]])
  }
  expect(await hours(`check-in:${checkIn.id}`)).toEqual({ recordedMs: 8_000, watchedMs: 6_000 })
})

test('who watches counts for as long as it really played, at any speed, and so does its author', async () => {
  const { id, place } = await posted()
  await view(ben, id, 10_000)
  await view(ada, id, 20_000)
  expect((await hours(place)).watchedMs).toBe(30_000)
  await done(ben, 'PUT', `/api/updates/${id}/view`, { ranges: [[0, 20_000]] })
  await view(ben, id, 5_000, [])
  expect((await hours(place)).watchedMs).toBe(30_000)
})

test('no more counts than the clock on the wall allows, whatever is reported', async () => {
  const { id, place } = await posted()
  const counted = async () => (await hours(place)).watchedMs
  // At first what the recording explains, at the slowest speed.
  await view(ben, id, 86_400_000)
  expect(await counted()).toBe(40_100)
  // The same report again, at once, and from a second device.
  await view(ben, id, 40_000)
  await Promise.all([1, 2, 3, 4].map(() => view(ben, id, 10_000)))
  expect(await counted()).toBeLessThan(40_100 + 6_000)
  const before = await counted()
  await wait(id, 10_000)
  await Promise.all([view(ben, id, 10_000), view(ben, id, 10_000)])
  expect(await counted()).toBeGreaterThanOrEqual(before + 10_000)
  expect(await counted()).toBeLessThan(before + 16_000)
  // No more than what was seen meanwhile explains.
  await wait(id, hour)
  const then = await counted()
  await view(ben, id, hour, [[0, 1_000]])
  expect(await counted()).toBe(then + 2_100)
  for (const watchedMs of [-1, 0.5, 86_400_001, 'long'])
    expect((await ask(ben, 'PUT', `/api/updates/${id}/view`, { ranges: [], watchedMs })).statusCode).toBe(400)
})

test('reports that come evenly count in full, however their way here takes', async () => {
  const { id, place } = await posted()
  await view(ben, id, 1_000, [[0, 1_000]])
  for (const lateMs of [10_000, 8_600, 11_000, 9_700]) {
    await wait(id, lateMs)
    await view(ben, id, 10_000, [[0, 10_000]])
  }
  const { watchedMs } = await hours(place)
  expect(watchedMs).toBeGreaterThanOrEqual(39_000)
  expect(watchedMs).toBeLessThanOrEqual(41_000)
})

test('of a guest nothing counts, known or not, nor of who was let in from elsewhere, nor where there is nothing to play', async () => {
  const { id, place } = await posted()
  const link = await share(ada, id)
  const known = await guest(link, { name: 'Mia' })
  const payload = { ranges: [[0, 20_000]], watchedMs: 10_000 }
  const url = `/api/updates/${id}/view`
  expect((await known.inject({ method: 'PUT', url, payload })).statusCode).toBe(200)
  const headers = { 'meanwhile-share': known.token }
  expect((await app.inject({ method: 'PUT', url, payload, headers })).statusCode).toBe(200)
  await db.insert(schema.updateGrants).values({ updateId: id, userId: mallory.id, grantedById: ada.id })
  expect((await view(mallory, id, 10_000)).statusCode).toBe(200)
  expect((await hours(place)).watchedMs).toBe(0)
  const text = await given.update(ada, { title: 'Words', channelId: place.slice('channel:'.length) })
  await view(ben, text.id, 10_000)
  expect((await hours(place)).watchedMs).toBe(0)
})

test('the sums outlive the update and its people, and name neither', async () => {
  const leo = await given.person('Leo')
  const { id, place } = await posted()
  await view(leo, id, 10_000)
  const before = await hours(place)
  await done(ada, 'DELETE', `/api/updates/${id}`)
  await done(ada, 'DELETE', `/api/trash/${id}`)
  await db.execute(sql`delete from users where id = ${leo.id}`)
  expect(await hours(place)).toEqual(before)
  expect(before).toEqual({ recordedMs: 20_000, watchedMs: 10_000 })
  expect(Object.keys((await db.select().from(schema.hoursWeeks))[0] ?? {})).toEqual([
    ...['workspaceId', 'week', 'place', 'recordedMs', 'watchedMs'],
  ])
})

test('a number a week for the team: what was not held less what was recorded and watched instead, also less than nothing', async () => {
  const { place } = await posted()
  const { place: other } = await posted()
  const workspaceId = (await done(olga, 'GET', '/api/workspace')).id
  const last = { workspaceId, week: weeksAgo(1), place: place as 'everyone' }
  await db.insert(schema.hoursWeeks).values([
    { ...last, recordedMs: hour, watchedMs: 2 * hour },
    { ...last, place: other as 'everyone', recordedMs: 100 * hour },
    { ...last, week: weeksAgo(2), recordedMs: 5 * hour, watchedMs: 6 * hour },
    { ...last, week: weeksAgo(3), recordedMs: hour },
  ])
  await add({ place })
  await add({ name: 'The same again', place, people: 2, minutes: 60, times: 1, per: 'two weeks' })
  const read = async (query = '') => done(ben, 'GET', `/api/hours-given-back${query}`)
  const { weeks, unlinked, isWithheld } = await read()
  expect({ unlinked, isWithheld }).toEqual({ unlinked: 0, isWithheld: false })
  expect(weeks.slice(1)).toEqual([
    { week: weeksAgo(1), isOver: true, cancelledMs: 8.5 * hour, recordedMs: hour, watchedMs: 2 * hour, givenBackMs: 5.5 * hour },
    ...[
      {
        week: weeksAgo(2),
        isOver: true,
        cancelledMs: 8.5 * hour,
        recordedMs: 5 * hour,
        watchedMs: 6 * hour,
        givenBackMs: -2.5 * hour,
      },
    ],
  ])
  expect(weeks[0]).toMatchObject({ week: thisWeek, isOver: false, recordedMs: 20_000, watchedMs: 0 })
  expect(JSON.stringify(weeks)).not.toContain(ada.id)
  await add({ name: 'Nobody knows' })
  expect(await read('?weeks=1')).toMatchObject({ unlinked: 1, weeks: [{ week: thisWeek }] })
  expect((await ask(ben, 'GET', '/api/hours-given-back?weeks=0')).statusCode).toBe(400)
})

test('of a workspace of one or two nothing is told: it would be about one of them', async () => {
  await done(mallory, 'POST', meetings, standUp)
  const recording = await given.recording(mallory, cut)
  expect(recording.id).toBeTruthy()
  expect(await done(mallory, 'GET', '/api/hours-given-back')).toMatchObject({ weeks: [], isWithheld: true })
  const rows = await db
    .select()
    .from(schema.hoursWeeks)
    .where(and(eq(schema.hoursWeeks.place, 'everyone'), eq(schema.hoursWeeks.recordedMs, 4_000)))
  expect(rows).toHaveLength(1)
})
