import { schema } from '@meanwhile/shared/db/client'
import { mailSiteOf } from '@meanwhile/shared/platform/mail-site'
import { keepRounds } from '@meanwhile/worker/rounds/keep-rounds'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'

const { app, as, given, db } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const site = mailSiteOf(app.env)
const { channelPosts, mails, postTargets } = schema

const monday = '2026-03-30'
async function done(person: Person, method: 'POST' | 'PUT' | 'PATCH', url: string, payload: object) {
  const answer = await as(person).inject({ method, url, payload })
  if (answer.statusCode >= 300) throw new Error(`${method} ${url} was answered ${answer.body}`)
  return answer.json()
}
const { id: channelId } = await done(ada, 'POST', '/api/channels', { name: 'Team' })
for (const person of [ada, ben]) await done(person, 'PATCH', '/api/me/profile', { timeZone: 'Europe/Berlin' })
const { id: checkInId } = await done(ada, 'POST', '/api/check-ins', {
  name: 'Stand-up',
  questions: [{ id: 'today', kind: 'open', text: 'What do you <work> on?' }],
  cadence: { rule: 'FREQ=WEEKLY;BYDAY=MO', dates: [], startsOn: monday, timeZone: 'UTC' },
  people: [ada, ben].map(({ id: userId }) => ({ userId, role: 'participant' })),
  channelId,
})
await db.update(schema.users).set({ emailVerified: true })
// As if it had been there before that Monday.
await db.update(schema.checkIns).set({ activeFrom: new Date('2026-03-28T00:00:00Z') })
const [room] = await db
  .insert(postTargets)
  .values({ channelId, format: 'slack', url: 'https://hooks.example/T', time: '16:00', timeZone: 'UTC' })
  .returning()
const reminders = async (person: Person) =>
  (await db.select().from(mails).where(eq(mails.recipient, person.email))).filter(({ kind }) => kind === 'reminder')

test('who is reminded of a round has one mail of it, with the questions, when it is due by their clock, and the way to have no more', async () => {
  await done(ben, 'PATCH', '/api/me/delivery', { mails: { reminder: false } })
  const morning = new Date(`${monday}T07:00:30Z`)
  await Promise.all([keepRounds(db, morning, site), keepRounds(db, morning, site)])
  await keepRounds(db, new Date(morning.getTime() + 60_000), site)
  const [mail, ...more] = await reminders(ada)
  expect(more).toEqual([])
  expect(mail?.subject).toBe('Stand-up: your answer is due Monday 17:00')
  expect(mail?.text).toContain('What do you <work> on?')
  expect(mail?.html).toContain('&lt;work&gt;')
  expect(mail?.text).toContain(`/check-ins/${checkInId}/${monday}`)
  expect(mail?.extras).toMatchObject({ unsubscribeUrl: expect.stringContaining('/unsubscribe/reminder.') })
  // Who turned these off reads it in the app.
  expect(await reminders(ben)).toEqual([])
})

test('a round that closes is summed up in the rooms of its channel, once, with the way to its reel', async () => {
  const round = (await as(ada).inject({ url: `/api/check-ins/${checkInId}/rounds/${monday}` })).json()
  await done(ada, 'PUT', `/api/rounds/${round.id}/reply`, { texts: { today: 'The player' }, isBlocked: true })
  const evening = new Date(`${monday}T15:00:30Z`)
  await Promise.all([keepRounds(db, evening, site), keepRounds(db, evening, site)])
  const posts = await db.select().from(channelPosts).where(eq(channelPosts.targetId, room!.id))
  expect(posts).toHaveLength(1)
  expect(posts[0]?.body).toContain('Stand-up, Monday 30 March: 1 of 2 answered')
  expect(posts[0]?.body).toContain('Blocked: Ada')
  expect(posts[0]?.body).toContain(`/reel?from=round&round=${round.id}`)
})
