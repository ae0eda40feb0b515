import { schema } from '@meanwhile/shared/db/client'
import { calendarOf, dateAfter, localDate, workday } from '@meanwhile/shared/working-hours/clock'
import { eq } from 'drizzle-orm'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'

const { app, as, given, db } = await startApp()
const olga = await given.person('Olga')
const ana = await given.person('Ana')
const mei = await given.person('Mei')
const foreigner = await given.stranger('Mallory')
const officeHours = { from: '09:00', to: '17:00' }
const everyDay = { monday: officeHours, tuesday: officeHours, wednesday: officeHours, thursday: officeHours, friday: officeHours }
const week = { ...everyDay, friday: { from: '09:00', to: '13:00' }, saturday: null, sunday: null }

const read = async (who: Person, url: string) => (await as(who).inject({ url })).json()
const put = (who: Person, payload: object) => as(who).inject({ method: 'PUT', url: '/api/agreement', payload })
const profile = (who: Person, payload: object) => as(who).inject({ method: 'PATCH', url: '/api/me/profile', payload })
const comment = async (who: Person, updateId: string, payload: object) =>
  (await as(who).inject({ method: 'POST', url: `/api/updates/${updateId}/comments`, payload })).json()

await profile(ana, { timeZone: 'America/New_York', workingHours: week, daysOff: [] })
await profile(mei, { timeZone: 'Asia/Shanghai' })

test('a team keeps to what is usual until its owner says something else, which is on record', async () => {
  const usual = await read(ana, '/api/agreement')
  expect(usual).toMatchObject({
    replies: { question: { amount: 1, unit: 'days' }, decision: { amount: 3, unit: 'days' }, fyi: null },
    ...{ contacts: [], meetings: [], version: 0, changedBy: null },
  })
  const contact = { topic: 'The site is down', personId: ana.id, backupId: null, how: 'Call her' }
  const meeting = { name: 'Stand-up', when: 'Every day', is: 'replaced', by: 'A check-in' }
  const { replies } = usual
  const change = {
    replies: { ...replies, fyi: { amount: 2, unit: 'days' } },
    contacts: [contact],
    meetings: [meeting],
    version: 0,
  }
  expect((await put(ana, change)).statusCode).toBe(403)
  const changed = await put(olga, change)
  const people = [{ person: { id: ana.id, name: 'Ana' }, timeZone: 'America/New_York' }]
  expect(changed.json()).toMatchObject({ contacts: [contact], people, version: 1, changedBy: { name: 'Olga' } })
  expect(await read(mei, '/api/agreement')).toEqual(changed.json())
  const [event] = (await read(olga, '/api/audit-events')).items
  expect(event).toMatchObject({ action: 'agreement.changed', details: { parts: ['replies', 'contacts', 'meetings'] } })
  expect(await read(foreigner, '/api/agreement')).toMatchObject({ version: 0, contacts: [] })
})

test('nobody overwrites what somebody else changed meanwhile, and two at the same moment are not both taken', async () => {
  const { changedBy: _b, changedAt: _a, people: _p, ...now } = await read(olga, '/api/agreement')
  const late = await put(olga, { ...now, version: 0 })
  expect(late.json()).toMatchObject({ status: 409, type: '/problems/agreement-changed' })
  const both = await Promise.all(['A', 'B'].map((name) => put(olga, { ...now, meetings: [{ ...now.meetings[0], name }] })))
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  const stranger = { topic: 'Money', personId: foreigner.id, backupId: null, how: '' }
  const refused = await put(olga, { ...now, contacts: [stranger], version: 2 })
  expect(refused.json()).toMatchObject({ status: 400, errors: [{ field: 'contacts.0.personId' }] })
})

test('everybody reads who is where, in pages, without the days off that are over', async () => {
  const today = localDate({ timeZone: 'America/New_York' }, new Date())
  const soon = { from: today, to: dateAfter(today, 3) }
  await profile(ana, { daysOff: [{ from: '2020-01-01', to: '2020-01-05' }, soon] })
  const page = await read(mei, '/api/agreement/people?limit=2')
  expect(page.items.map(({ person }: { person: { name: string } }) => person.name)).toEqual(['Ana', 'Mei'])
  expect(page.items[0]).toMatchObject({ timeZone: 'America/New_York', workingHours: week, usual: false, daysOff: [soon] })
  expect(page.items[1]).toMatchObject({ usual: true, workingHours: { monday: officeHours, sunday: null } })
  const rest = await read(mei, `/api/agreement/people?limit=2&cursor=${page.nextCursor}`)
  expect(rest).toMatchObject({ items: [{ person: { name: 'Olga' } }], nextCursor: null })
})

/** The moments, in ms, at which an event begins and ends, as far as a date. */
function occurrences(event: ICAL.Event, until: number): [number, number][] {
  const found: [number, number][] = []
  for (const iterator = event.iterator(), { duration } = event; ; ) {
    const next = iterator.next() as ICAL.Time | undefined
    if (!next || next.toUnixTime() * 1000 > until) return found
    const end = event.getOccurrenceDetails(next).endDate
    found.push([next.toUnixTime() * 1000, end.toUnixTime() * 1000])
    void duration
  }
}

test('calendar programs read the same hours as the clock, over changes of clocks and days off', async () => {
  const answer = await as(mei).inject({ url: '/api/agreement.ics' })
  expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8')
  expect(answer.body.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
  const calendar = new ICAL.Component(ICAL.parse(answer.body))
  for (const zone of calendar.getAllSubcomponents('vtimezone')) {
    const timezone = new ICAL.Timezone(zone)
    ICAL.TimezoneService.register(timezone)
  }
  const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))
  expect(events.map(({ summary }) => summary).sort()).toEqual(['Ana is off', 'Ana works', 'Ana works', 'Mei works'])
  const [{ daysOff }] = (await read(mei, '/api/agreement/people')).items
  const clock = calendarOf({ timeZone: 'America/New_York', workingHours: week, daysOff })
  const today = localDate(clock, new Date())
  const days = 300
  const expected = Array.from({ length: days }, (_, index) => workday(clock, dateAfter(today, index)))
  const until = Math.max(...expected.map((day) => day?.to.getTime() ?? 0))
  const told = events
    .filter(({ summary }) => summary === 'Ana works')
    .flatMap((event) => occurrences(event, until))
    .sort(([a], [b]) => a - b)
  expect(told).toEqual(expected.flatMap((day) => (day ? [[day.from.getTime(), day.to.getTime()]] : [])))
})

test('the private address of a calendar works until it is revoked, replaced, or its person leaves', async () => {
  const make = async (who: Person) =>
    (await as(who).inject({ method: 'POST', url: '/api/me/calendar-feed' })).json().url as string
  const open = (url: string) => app.inject({ url: new URL(url).pathname })
  const first = await make(mei)
  expect((await open(first)).body).toContain('SUMMARY:Ana works')
  expect((await read(mei, '/api/me/calendar-feed')).feed.usedAt).not.toBeNull()
  const rows = await db.select().from(schema.calendarFeeds)
  expect(JSON.stringify(rows)).not.toContain(first.split('/').at(-2))
  const second = await make(mei)
  expect((await open(first)).statusCode).toBe(404)
  await as(mei).inject({ method: 'DELETE', url: '/api/me/calendar-feed' })
  expect((await open(second)).statusCode).toBe(404)
  const leaver = await given.person('Leo')
  const third = await make(leaver)
  expect((await open(third)).statusCode).toBe(200)
  await as(olga).inject({ method: 'DELETE', url: `/api/members/${leaver.id}` })
  expect((await open(third)).statusCode).toBe(404)
})

test('whoever left is called no more', async () => {
  const kim = await given.person('Kim')
  const { changedBy: _b, changedAt: _a, people: _p, ...now } = await read(olga, '/api/agreement')
  await put(olga, { ...now, contacts: [{ topic: 'Money', personId: kim.id, backupId: ana.id, how: '' }] })
  await as(olga).inject({ method: 'DELETE', url: `/api/members/${kim.id}` })
  expect((await read(ana, '/api/agreement')).contacts).toMatchObject([{ topic: 'Money', personId: null, backupId: ana.id }])
})

test('what is asked of somebody is due by their own clock, anew when somebody else is asked, and as its author says', async () => {
  await profile(ana, { daysOff: [] })
  const { id } = await given.update(olga)
  const asked = await comment(olga, id, { text: 'Ready?', type: 'question', ownerId: ana.id })
  expect(asked).toMatchObject({ dueIsChosen: false, ownerZone: 'America/New_York' })
  const local = localDate({ timeZone: 'America/New_York' }, new Date(asked.dueAt))
  const clock = calendarOf({ timeZone: 'America/New_York', workingHours: week, daysOff: [] })
  const day = workday(clock, local)
  expect(day && day.from.getTime() < Date.parse(asked.dueAt) && Date.parse(asked.dueAt) <= day.to.getTime()).toBe(true)

  const change = async (payload: object) =>
    (await as(olga).inject({ method: 'PATCH', url: `/api/comments/${asked.id}`, payload })).json()
  const moved = await change({ ownerId: mei.id })
  expect(moved.ownerZone).toBe('Asia/Shanghai')
  expect(moved.dueAt).not.toBe(asked.dueAt)
  expect(await change({ text: 'Ready now?' })).toMatchObject({ dueAt: moved.dueAt })
  const chosen = new Date(Date.now() + 30 * 86_400_000).toISOString()
  expect(await change({ dueAt: chosen })).toMatchObject({ dueAt: chosen, dueIsChosen: true })
  expect(await change({ type: 'action' })).toMatchObject({ dueAt: chosen })
  expect(await change({ dueAt: null })).toMatchObject({ dueIsChosen: false })
  expect(await change({ ownerId: null })).toMatchObject({ dueAt: null })
  expect(await change({ dueAt: chosen })).toMatchObject({ status: 400, errors: [{ field: 'dueAt' }] })
  for (const dueAt of ['2020-01-01T00:00:00Z', '2199-01-01T00:00:00Z'])
    expect(await comment(olga, id, { text: 'When?', type: 'question', ownerId: ana.id, dueAt })).toMatchObject({ status: 400 })
  await profile(foreigner, { timeZone: 'Asia/Tokyo' })
  await db.insert(schema.updateGrants).values({ updateId: id, userId: foreigner.id, grantedById: olga.id })
  const outside = await comment(olga, id, { text: 'And you?', type: 'question', ownerId: foreigner.id })
  expect(outside).toMatchObject({ owner: { name: 'Mallory' }, ownerZone: null })
  expect((await read(foreigner, '/api/me/asked')).items).toMatchObject([{ comment: { id: outside.id, dueAt: outside.dueAt } }])
  expect(await comment(olga, id, { text: 'For nobody', type: 'question' })).toMatchObject({ dueAt: null, ownerZone: null })
})

test('what is asked of a person is listed by when it is due, late first, in pages, and only what they see', async () => {
  const jo = await given.person('Jo')
  const { id } = await given.update(olga, { title: 'Plans' })
  const ask = async (text: string) => (await comment(olga, id, { text, type: 'question', ownerId: jo.id })).id as string
  const [soon, late, never] = [await ask('soon'), await ask('late'), await ask('never')]
  const due = (commentId: string, dueAt: Date | null) =>
    db.update(schema.comments).set({ dueAt }).where(eq(schema.comments.id, commentId))
  await due(late, new Date('2026-01-05T09:00:00Z'))
  await due(never, null)
  const first = await read(jo, '/api/me/asked?limit=2')
  expect(first.items).toMatchObject([
    { comment: { id: late, text: 'late' }, late: true, update: { title: 'Plans', channel: null } },
    { comment: { id: soon }, late: false },
  ])
  const rest = await read(jo, `/api/me/asked?limit=2&cursor=${first.nextCursor}`)
  expect(rest).toMatchObject({ items: [{ comment: { id: never } }], nextCursor: null })
  await as(jo).inject({ method: 'PUT', url: `/api/comments/${late}/resolution`, payload: {} })
  await as(olga).inject({ method: 'PUT', url: `/api/comments/${soon}/hidden` })
  expect((await read(jo, '/api/me/asked')).items).toMatchObject([{ comment: { id: never } }])
  await as(olga).inject({ method: 'DELETE', url: `/api/updates/${id}` })
  expect((await read(jo, '/api/me/asked')).items).toEqual([])
  expect((await as(jo).inject({ url: '/api/me/asked?cursor=nonsense' })).statusCode).toBe(400)
})

test('promises are counted per channel and month, and not at all where a number would say who', async () => {
  const { id: channelId } = (
    await as(olga).inject({ method: 'POST', url: '/api/channels', payload: { name: 'Delivery' } })
  ).json()
  const { id } = await given.update(olga, { title: 'Week', channelId })
  const now = Date.now()
  const owe = async (who: Person, answeredAfterMs: number | null) => {
    const { id: commentId } = await comment(olga, id, { text: 'Ready?', type: 'question', ownerId: who.id })
    const dueAt = new Date(now - 60_000)
    const resolvedAt = answeredAfterMs === null ? null : new Date(dueAt.getTime() + answeredAfterMs)
    await db.update(schema.comments).set({ dueAt, resolvedAt }).where(eq(schema.comments.id, commentId))
  }
  for (const answered of [-1000, -1000, 1000, null]) await owe(ana, answered)
  await owe(mei, -1000)
  const told = async () =>
    (await read(mei, '/api/agreement/promises')).items.filter(
      ({ channel }: { channel: { id: string } | null }) => channel?.id === channelId,
    )
  expect(await told()).toEqual([])
  await owe(olga, -1000)
  expect(await told()).toMatchObject([{ channel: { name: 'Delivery' }, due: 6, answered: 5, inTime: 4 }])
  expect((await read(foreigner, '/api/agreement/promises')).items).toEqual([])
})

test('the kind of an update decides how soon answers are due and how long it stays', async () => {
  const { id } = await given.update(olga, { title: 'Which way?', kind: 'decide' })
  const ask = async () => Date.parse((await comment(olga, id, { text: '?', type: 'question', ownerId: ana.id })).dueAt)
  const decision = await ask()
  const change = async (payload: object) =>
    (await as(olga).inject({ method: 'PATCH', url: `/api/updates/${id}`, payload })).json()
  expect(await change({ kind: 'inform' })).toMatchObject({ kind: 'inform', editedAt: null, expiresAt: null })
  expect(decision - (await ask())).toBeGreaterThan(86_400_000)
  const { publishedAt, expiresAt } = await change({ kind: 'connect' })
  expect(Date.parse(expiresAt) - Date.parse(publishedAt)).toBe(30 * 86_400_000)
  expect(await comment(olga, id, { text: '?', type: 'question', ownerId: ana.id })).toMatchObject({ dueAt: null })
  expect(await change({ kind: null })).toMatchObject({ kind: null, expiresAt: null })
  expect((await as(olga).inject({ method: 'PATCH', url: `/api/updates/${id}`, payload: { kind: 'chat' } })).statusCode).toBe(400)
})

test('at the hard end a call is offered when all whom it concerns work, and the choice is counted', async () => {
  await profile(olga, { timeZone: 'Europe/Berlin' })
  const { id } = await given.update(olga, { title: 'New ideas', kind: 'innovate' })
  await comment(ana, id, { text: 'I have some' })
  const offer = await read(olga, `/api/updates/${id}/call`)
  expect(offer).toMatchObject({ suggested: true, people: [{ person: { name: 'Ana' } }, { person: { name: 'Olga' } }] })
  expect(offer.overlap.length).toBeGreaterThan(0)
  const clocks = ['America/New_York', 'Europe/Berlin'].map((timeZone) =>
    calendarOf({ timeZone, workingHours: timeZone.startsWith('A') ? week : null, daysOff: [] }),
  )
  for (const { from, to } of offer.overlap)
    for (const clock of clocks) {
      const day = workday(clock, localDate(clock, new Date(from)))
      expect(day && day.from <= new Date(from) && new Date(to) <= day.to).toBe(true)
    }
  const calls = async () => (await read(ana, '/api/agreement/promises')).calls[0]?.count ?? 0
  const before = await calls()
  const choose = (method: 'PUT' | 'DELETE') => as(olga).inject({ method, url: `/api/updates/${id}/call` })
  expect((await choose('PUT')).json().callChosenAt).not.toBeNull()
  await choose('PUT')
  expect(await calls()).toBe(before + 1)
  expect((await choose('DELETE')).json().callChosenAt).toBeNull()
  expect(await calls()).toBe(before)
})
