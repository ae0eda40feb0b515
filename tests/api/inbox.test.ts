import { checkIns, roundPeople, rounds } from '@meanwhile/shared/db/schema/check-ins'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { app, as, given, db } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const eve = await given.stranger('Eve')
const day = 86_400_000
const at = (days: number) => new Date(Date.now() + days * day)
const dateOf = (days: number) => at(days).toISOString().slice(0, 10)
const { id: workspaceId } = (await as(ada).inject({ url: '/api/workspace' })).json()

const question = { id: 'today', kind: 'open' as const, text: 'What do you work on?' }
async function checkIn(name: string, more: Partial<typeof checkIns.$inferInsert> = {}) {
  const shape = { questions: [question], startsOn: dateOf(-9), timeZone: 'UTC', rule: 'FREQ=DAILY', activeFrom: at(-9) }
  const [made] = await db
    .insert(checkIns)
    .values({ workspaceId, name, ...shape, ...more })
    .returning()
  return made!.id
}
/** A round that opened half a day before it is due for everybody. */
async function round(checkInId: string, days: number, people: Partial<typeof roundPeople.$inferInsert>[] = [{ userId: ada.id }]) {
  const span = { opensAt: at(days - 0.5), dueAt: at(days) }
  const [made] = await db
    .insert(rounds)
    .values({ checkInId, date: dateOf(days), questions: [question], openedAt: at(days - 0.5), ...span })
    .returning()
  for (const one of people)
    await db.insert(roundPeople).values({ roundId: made!.id, userId: ada.id, role: 'participant', ...span, ...one })
  return made!.id
}
const waiting = async (person: typeof ada) => (await as(person).inject({ url: '/api/me/rounds' })).json().items
const names = async (person: typeof ada) => (await waiting(person)).map(({ name }: { name: string }) => name)

test('rounds that wait for somebody are listed by when they are due, of each check-in the latest', async () => {
  const standup = await checkIn('Stand-up')
  await round(standup, -2)
  await round(standup, -1)
  await round(await checkIn('Retro'), 0.2)
  expect(await waiting(ada)).toMatchObject([
    { name: 'Stand-up', date: dateOf(-1), questions: 1, late: true },
    { name: 'Retro', late: false },
  ])
  // Whoever is not asked, or only looks on, or belongs elsewhere, has none.
  expect(await waiting(ben)).toEqual([])
  expect(await waiting(eve)).toEqual([])
})

test('what was answered, skipped or has not opened yet does not wait, nor does a check-in that is paused, archived or out of sight', async () => {
  await db.delete(checkIns)
  const asked = (more: object) => [{ userId: ben.id, ...more }]
  for (const state of ['answered', 'skipped', 'nothing'] as const) await round(await checkIn(state), 0.1, asked({ state }))
  await round(await checkIn('Observed'), 0.1, asked({ role: 'observer' }))
  await round(await checkIn('Later'), 0.1, asked({ opensAt: at(0.05) }))
  await round(await checkIn('Paused', { pausedAt: at(0) }), 0.1, asked({}))
  await round(await checkIn('Archived', { archivedAt: at(0) }), 0.1, asked({}))
  const hidden = await as(ada).inject({ method: 'POST', url: '/api/channels', payload: { name: 'Secret', isPrivate: true } })
  await round(await checkIn('Out of sight', { channelId: hidden.json().id }), 0.1, asked({}))
  await round(await checkIn('This one'), 0.1, asked({}))
  expect(await names(ben)).toEqual(['This one'])
  // Of a round that was answered, what was missed before is no matter any more.
  const standup = await checkIn('Stand-up')
  await round(standup, -1, asked({}))
  await round(standup, 0.1, asked({ state: 'answered' }))
  expect(await names(ben)).toEqual(['This one'])
})

test('nobody but who is signed in is told', async () => {
  expect((await app.inject({ url: '/api/me/rounds' })).statusCode).toBe(401)
})

test('what came back leaves out what is asked', async () => {
  const { id } = await given.update(ada)
  const say = (payload: object) => as(ben).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload })
  await say({ text: 'Which?', type: 'question', ownerId: ada.id })
  await say({ text: 'Good' })
  const { items, unread } = (await as(ada).inject({ url: '/api/notifications?unread=true&without=asked,check-in,decide' })).json()
  expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(['answered'])
  expect(unread).toBe(2)
})

test('decisions that wait for somebody are those of others that they are one to make, until they say something or it closes', async () => {
  const { id } = await given.update(ada, { title: 'Plan' })
  const decide = async (person: typeof ada, text: string, more: object = {}) =>
    (await as(person).inject({ method: 'POST', url: `/api/updates/${id}/decisions`, payload: { text, ...more } })).json().id
  const waits = async (person: typeof ada) =>
    (await as(person).inject({ url: '/api/me/decisions' })).json().items.map(({ text }: { text: string }) => text)
  const forAll = await decide(ada, 'For all')
  await decide(ada, 'For herself', { deciderIds: [ada.id] })
  await decide(ben, 'Of his own')
  expect(await waits(ben)).toEqual(['For all'])
  expect(await waits(eve)).toEqual([])
  await as(ben).inject({ method: 'PUT', url: `/api/decisions/${forAll}/vote`, payload: { choice: 'agree' } })
  expect(await waits(ben)).toEqual([])
})
