import { schema } from '@meanwhile/shared/db/client'
import { sendDigests } from '@meanwhile/worker/delivery/send-digests'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { db, as, given } = await startApp()
const site = { publicUrl: 'https://example.org', authSecret: 'a'.repeat(43), inboundAddress: null }

const ada = await given.person('Ada')
const ana = await given.person('Ana')
const mei = await given.person('Mei')
const profile = (person: typeof ada, payload: object) => as(person).inject({ method: 'PATCH', url: '/api/me/profile', payload })
const delivery = (person: typeof ada, payload: object) => as(person).inject({ method: 'PATCH', url: '/api/me/delivery', payload })
await profile(ana, { timeZone: 'Europe/Berlin', daysOff: [{ from: '2026-03-18', to: '2026-03-19' }] })
await profile(mei, { timeZone: 'America/New_York', daysOff: [] })
await delivery(mei, { windows: ['08:15', '13:00'], focusBlocks: [{ day: 'wednesday', from: '12:00', to: '14:00' }] })
await db.execute(sql`update users set email_verified = true`)
// Of the one who writes nothing is due here.
await delivery(ada, { mails: { digest: false } })

let asked = 0
/** Ada asks somebody at a moment of the past. */
async function ask(whom: typeof ada, at: Date) {
  const { id } = await update
  const written = await as(ada).inject({
    method: 'POST',
    url: `/api/updates/${id}/comments`,
    payload: { text: `Question ${++asked}?`, type: 'question', ownerId: whom.id },
  })
  expect(written.statusCode).toBe(201)
  await db.execute(
    sql`update notifications set created_at = ${at.toISOString()}::timestamptz where comment_id = ${written.json().id}`,
  )
  return written.json().id as string
}
const update = given.update(ada, { title: 'Plan', body: 'What is next' })
// Long before, so that it is news in no window of the month.
await db.execute(sql`update updates set published_at = '2026-01-01', created_at = '2026-01-01' where id = ${(await update).id}`)

type Sent = { user_id: string; window_at: string; subject: string; text: string }
const sent = () =>
  db.execute<Sent>(
    sql`select digests.user_id, digests.window_at, mails.subject, mails.text from digests join mails on mails.id = digests.mail_id order by window_at`,
  )

test('what was read meanwhile is left out, and nothing new is no mail', async () => {
  const before = (await sent()).length
  await ask(ana, new Date('2026-04-07T10:00:00Z'))
  const read = await as(ana).inject({ method: 'PUT', url: '/api/notifications/read', payload: {} })
  expect(read.statusCode).toBe(200)
  await sendDigests(db, site, new Date('2026-04-07T13:31:00Z'))
  expect((await sent()).length).toBe(before)
})

test('what is new and not seen is in it with its length, and one total', async () => {
  await ask(ana, new Date('2026-04-08T10:00:00Z'))
  const { id } = await given.update(ada, { title: 'A walk through', body: 'As text' })
  await db.execute(sql`update updates set published_at = '2026-04-08 11:00Z', created_at = '2026-04-08 11:00Z' where id = ${id}`)
  await sendDigests(db, site, new Date('2026-04-08T13:31:00Z'))
  const mine = (await sent()).filter(({ user_id }) => user_id === ana.id)
  expect(mine.at(-1)).toMatchObject({ subject: '1 question, 1 new text' })
  expect(mine.at(-1)?.text).toContain(`https://example.org/u/${id}`)
  // The same window again, and the next: nothing.
  await sendDigests(db, site, new Date('2026-04-08T14:31:00Z'))
  await sendDigests(db, site, new Date('2026-04-09T07:31:00Z'))
  expect((await sent()).filter(({ user_id }) => user_id === ana.id)).toHaveLength(mine.length)
})

const toAna = async () => (await sent()).filter(({ user_id }) => user_id === ana.id)
const windowsOf = (person: typeof ada) =>
  db.execute<{ window_at: string; mail_id: string | null }>(
    sql`select window_at, mail_id from digests where user_id = ${person.id} order by window_at`,
  )

test('a window with nothing in it is looked at once', async () => {
  const { id } = await given.update(ada, { title: 'Seen', body: 'As text' })
  await db.execute(sql`update updates set published_at = '2026-04-13 11:00Z', created_at = '2026-04-13 11:00Z' where id = ${id}`)
  await db.execute(sql`insert into views (update_id, user_id) values (${id}, ${ana.id})`)
  await sendDigests(db, site, new Date('2026-04-13T13:31:00Z'))
  expect((await windowsOf(ana)).at(-1)).toMatchObject({ mail_id: null })
  expect(new Date(`${(await windowsOf(ana)).at(-1)?.window_at}`).toISOString()).toBe('2026-04-13T13:30:00.000Z')
})

test('what is published in the moment of a window is told by the next, and a window waits for what began before it', async () => {
  const { id } = await given.update(ada, { title: 'On the dot', body: 'As text' })
  await db.execute(sql`update updates set published_at = '2026-04-14 13:30Z', created_at = '2026-04-14 13:00Z' where id = ${id}`)
  await ask(ana, new Date('2026-04-14T10:00:00Z'))
  const before = (await toAna()).length
  await sendDigests(db, site, new Date('2026-04-14T13:30:29Z'))
  expect(await toAna()).toHaveLength(before)
  await sendDigests(db, site, new Date('2026-04-14T13:30:31Z'))
  expect((await toAna()).at(-1)?.subject).toBe('1 question')
  await sendDigests(db, site, new Date('2026-04-15T07:31:00Z'))
  expect((await toAna()).at(-1)?.subject).toBe('1 new text')
})

test('what another worker tells is left to it', async () => {
  const commentId = await ask(ana, new Date('2026-04-15T10:00:00Z'))
  const before = (await toAna()).length
  await db.transaction(async (tx) => {
    await tx.execute(sql`select from notifications where comment_id = ${commentId} for update`)
    await sendDigests(db, site, new Date('2026-04-15T13:31:00Z'))
  })
  expect(await toAna()).toHaveLength(before)
})

test('that somebody is paired is in it, while it waits for them; that the answers are there, too', async () => {
  const [workspace] = await db.execute<{ id: string }>(sql`select id from workspaces limit 1`)
  const told = async (kind: 'pairing' | 'pairing-shown', question: string, state: object, mine: object, at: string) => {
    const dates = { endsAt: new Date('2026-04-30'), goneAt: new Date('2026-05-30') }
    const values = { workspaceId: `${workspace?.id}`, startsOn: '2026-04-13', question, ...dates, ...state }
    const [made] = await db.insert(schema.pairings).values(values).returning()
    const pairingId = `${made?.id}`
    const there = { pairingId, opensAt: new Date(at), toldAt: new Date(at) }
    await db.insert(schema.pairingPeople).values([
      { ...there, userId: ana.id, ...mine },
      { ...there, userId: mei.id },
    ])
    await db.insert(schema.notifications).values({ userId: ana.id, actorId: mei.id, kind, pairingId, createdAt: new Date(at) })
    return pairingId
  }
  const answeredAt = new Date('2026-04-16T07:00:00Z')
  const at = '2026-04-16T08:00:00Z'
  const waits = await told('pairing', 'Which song?', {}, {}, at)
  const shown = await told('pairing-shown', 'Which dish?', { revealedAt: answeredAt, closedAt: answeredAt }, { answeredAt }, at)
  await told('pairing', 'Which walk?', {}, { answeredAt }, at)
  await told('pairing', 'Which book?', {}, { withdrawnAt: answeredAt }, at)
  await sendDigests(db, site, new Date('2026-04-16T13:31:00Z'))
  const mail = (await toAna()).at(-1)
  expect(mail?.subject).toMatch(/1 pairing, 1 note$/)
  expect(mail?.text).toContain(`You are paired with Mei, a minute each: Which song?`)
  expect(mail?.text).toContain(`https://example.org/pairings/${waits}`)
  expect(mail?.text).toContain(`Your pairing has its answers: Which dish?`)
  expect(mail?.text).toContain(`https://example.org/pairings/${shown}`)
  expect(mail?.text).not.toMatch(/walk|book/)
})

test('one for whom it fails takes no other along', async () => {
  await ask(mei, new Date('2026-04-20T10:00:00Z'))
  await ask(ana, new Date('2026-04-20T10:00:00Z'))
  await db.execute(sql`update users set time_zone = 'Nowhere/Never' where id = ${mei.id}`)
  const before = (await toAna()).length
  await expect(sendDigests(db, site, new Date('2026-04-20T13:31:00Z'))).rejects.toThrow('to 1 people')
  expect(await toAna()).toHaveLength(before + 1)
})
