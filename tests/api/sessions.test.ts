import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'
import { listenTo } from '../support/stream.ts'

const { app, as, given, password } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

async function enter(person: Person, secret = password): Promise<Person> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: { 'user-agent': firefox },
    payload: { email: person.email, password: secret },
  })
  return { ...person, cookie: answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
}
type Listed = { id: string; device: string; isCurrent: boolean }
const sessionsOf = async (person: Person): Promise<Listed[]> => (await as(person).inject({ url: '/api/me/sessions' })).json()
const end = (person: Person, id = '') => as(person).inject({ method: 'DELETE', url: `/api/me/sessions${id && `/${id}`}` })
const isIn = async (person: Person) => (await as(person).inject({ url: '/api/me' })).statusCode === 200

test('a person sees where they are signed in, and ends one of these sessions', async () => {
  const phone = await enter(ada)
  const listed = await sessionsOf(ada)
  expect(listed).toHaveLength(2)
  expect(listed).toContainEqual({
    id: expect.any(String),
    device: 'Firefox on Linux',
    address: '127.0.0.1',
    createdAt: expect.any(String),
    usedAt: expect.any(String),
    isCurrent: false,
  })
  const other = listed.find(({ isCurrent }) => !isCurrent)
  const stream = await listenTo(app, phone)
  expect((await end(ada, other?.id)).statusCode).toBe(204)
  expect((await stream.ended()).at(-1)?.data).toEqual({ type: 'viewer' })
  expect(await isIn(phone)).toBe(false)
  expect(await isIn(ada)).toBe(true)
  expect((await end(ada, other?.id)).statusCode).toBe(404)
})

test("a session of somebody else is none of one's own", async () => {
  const [his] = await sessionsOf(ben)
  expect((await end(ada, his?.id)).statusCode).toBe(404)
  expect((await end(ada, crypto.randomUUID())).statusCode).toBe(404)
  expect(await isIn(ben)).toBe(true)
})

test('all other sessions end at once, and this one stays', async () => {
  const others = [await enter(ada), await enter(ada)]
  expect((await end(ada)).statusCode).toBe(204)
  expect(await Promise.all(others.map(isIn))).toEqual([false, false])
  expect(await sessionsOf(ada)).toMatchObject([{ isCurrent: true }])
  expect(await isIn(ben)).toBe(true)
})

test('a new password needs the present one, ends the other sessions, and is the only one from then on', async () => {
  const change = (current: string, next: string) =>
    as(ada).inject({ method: 'PUT', url: '/api/me/password', payload: { current, password: next } })
  const phone = await enter(ada)
  expect((await change('not the right one', 'a new password')).json()).toMatchObject({
    type: '/problems/wrong-password',
    errors: [{ field: 'current' }],
  })
  expect((await change(password, 'short')).statusCode).toBe(400)
  expect((await change(password, 'a new password')).statusCode).toBe(204)
  expect(await isIn(ada)).toBe(true)
  expect(await isIn(phone)).toBe(false)
  expect(await isIn(await enter(ada))).toBe(false)
  expect(await isIn(await enter(ada, 'a new password'))).toBe(true)
})

test('who is signed in nowhere is told nothing', async () => {
  for (const [method, url] of [
    ['GET', '/api/me/sessions'],
    ['DELETE', '/api/me/sessions'],
    ['DELETE', `/api/me/sessions/${crypto.randomUUID()}`],
    ['PUT', '/api/me/password'],
    ['GET', '/api/me/profile'],
    ['PATCH', '/api/me/profile'],
  ] as const)
    expect((await app.inject({ method, url, payload: { current: password, password } })).statusCode).toBe(401)
})

const day = { from: '09:00', to: '17:30' }
const week = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: null, saturday: null, sunday: null }

test('people say where and when they work; what is not named stays', async () => {
  const patch = async (payload: object) => (await as(ben).inject({ method: 'PATCH', url: '/api/me/profile', payload })).json()
  await patch({ timeZone: 'Asia/Kolkata', workingHours: week })
  const daysOff = [
    { from: '2026-12-24', to: '2027-01-02' },
    { from: '2026-12-01', to: '2026-12-01' },
  ]
  const profile = await patch({ daysOff })
  expect(profile).toEqual({
    timeZone: expect.stringMatching(/^Asia\/(Kolkata|Calcutta)$/),
    workingHours: week,
    daysOff: daysOff.toReversed(),
  })
  expect(await patch({ workingHours: null, timeZone: 'UTC' })).toMatchObject({ timeZone: 'UTC', workingHours: null })
})

test.each([
  ['a zone that does not exist', { timeZone: 'Europe/Atlantis' }],
  ['an offset for a zone', { timeZone: '+02:00' }],
  ['an end before the beginning', { workingHours: { ...week, monday: { from: '17:00', to: '09:00' } } }],
  ['a time that no clock shows', { workingHours: { ...week, monday: { from: '09:00', to: '25:00' } } }],
  ['a week without a Monday', { workingHours: { ...week, monday: undefined } }],
  ['a day that no calendar has', { daysOff: [{ from: '2026-02-30', to: '2026-03-01' }] }],
  ['a last day before the first', { daysOff: [{ from: '2026-03-02', to: '2026-03-01' }] }],
])('%s is refused with 400', async (_what, payload) => {
  const refused = await as(ben).inject({ method: 'PATCH', url: '/api/me/profile', payload })
  expect(refused.json()).toMatchObject({ status: 400, type: '/problems/invalid-request' })
})
