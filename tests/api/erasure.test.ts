import { schema } from '@meanwhile/shared/db/client'
import { verifyLog } from '@meanwhile/shared/decisions/log-hash'
import { createLog } from '@meanwhile/shared/platform/log'
import { closeDecisions } from '@meanwhile/worker/schedules/close-decisions'
import { eraseAccounts } from '@meanwhile/worker/schedules/erase'
import { purge } from '@meanwhile/worker/schedules/purge'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'
import { guestsOn } from '../support/guest.ts'
import { plainPng } from '../support/pictures.ts'

const { app, as, given, db, storage, password } = await startApp()
const { share, guest } = guestsOn(app)
const log = createLog('silent', 'test')
const cut = await cutRecording()
const owner = await given.person('Olga')
const ben = await given.person('Ben')

await as(owner).inject({
  method: 'POST',
  url: '/api/webhooks',
  payload: { url: 'https://hooks.example.org/', events: ['update.published', 'comment.added', 'member.joined'] },
})

const post = (who: Person, url: string, payload: object) => as(who).inject({ method: 'POST', url, payload })
const erase = (who: Person, change: object = {}) => post(who, '/api/me/erasure', { password, confirmation: 'delete', ...change })
const work = async () => {
  await eraseAccounts({ db, storage, log })
  await purge({ db, storage, log }, 30)
}

/** The tables whose rows, as text, hold one of some words. */
async function tablesNaming(words: string[]) {
  const tables = await db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of tables)
    for (const word of words) {
      const rows = await db.execute(
        sql`select 1 from ${sql.identifier(name)} as each where each::text ilike ${`%${word}%`} limit 1`,
      )
      if (rows.length > 0) found.push(`${name}: ${word}`)
    }
  return found
}

/** Of recordings and of pictures. */
async function allKeys() {
  const found: string[] = []
  for await (const key of storage.list('')) if (/^(videos|people)\//.test(key)) found.push(key)
  return found.sort()
}

/** They open a decision, are named in one and vote on it, and all of it is in the log. */
async function decideWith(person: Person, updateId: string) {
  const url = `/api/updates/${updateId}/decisions`
  expect((await post(person, url, { text: `What ${person.name} wants` })).statusCode).toBe(201)
  const text = `@${person.name} leads`
  await post(ben, `/api/updates/${updateId}/comments`, { text, type: 'decision', mentions: [person.id] })
  const { id } = (await post(ben, url, { text: 'Ben decides', deciderIds: [person.id, ben.id] })).json()
  const open = (await post(ben, url, { text: 'Still open', deciderIds: [person.id] })).json()
  for (const each of [id, open.id])
    await as(person).inject({
      method: 'PUT',
      url: `/api/decisions/${each}/vote`,
      payload: { choice: 'agree', reason: `As ${person.name}` },
    })
  await db.execute(sql`update decisions set closes_at = now() + interval '1 year' where comment_id = ${open.id}`)
  await closeDecisions(db, new Date(Date.now() + 30 * 86_400_000))
}

/** Somebody who left a trace wherever one can. */
async function busyPerson(name: string) {
  const person = await given.person(name)
  const own = await given.recording(person, cut, `What ${name} recorded`)
  const others = await given.update(ben, { title: 'Of Ben' })
  const said = (await post(person, `/api/updates/${others.id}/comments`, { text: `I am ${name}` })).json()
  await as(person).inject({ method: 'PATCH', url: `/api/comments/${said.id}`, payload: { text: `I am still ${name}` } })
  const reply = { text: `@${name} yes`, parentId: said.id, mentions: [person.id] }
  const answered = await post(ben, `/api/updates/${others.id}/comments`, reply)
  expect(answered.statusCode).toBe(201)
  await as(person).inject({ method: 'PUT', url: `/api/comments/${answered.json().id}/reactions/${encodeURIComponent('👍')}` })
  await as(person).inject({ method: 'PUT', url: `/api/updates/${others.id}/view`, payload: { ranges: [[0, 9000]] } })
  await post(ben, `/api/updates/${own.id}/comments`, { text: 'Nice', type: 'question', ownerId: person.id })
  await decideWith(person, (await given.update(ben, { title: 'What Ben asks' })).id)
  const visitor = await guest(await share(person, own.id), { name: 'Mia' })
  await visitor.inject({ method: 'POST', url: `/api/updates/${own.id}/comments`, payload: { text: 'From outside' } })
  const { id: channelId } = (await post(person, '/api/channels', { name: `Of ${name} alone`, isPrivate: true })).json()
  await given.update(person, { title: 'Secret', channelId })
  await as(person).inject({ method: 'PATCH', url: '/api/me/profile', payload: { timeZone: 'Europe/Rome' } })
  const contact = { topic: 'The site is down', personId: person.id, backupId: ben.id, how: `Call ${name}` }
  const agreement = (await as(owner).inject({ url: '/api/agreement' })).json()
  const agreed = await as(owner).inject({ method: 'PUT', url: '/api/agreement', payload: { ...agreement, contacts: [contact] } })
  expect(agreed.json()).toMatchObject({ contacts: [contact] })
  await post(person, '/api/me/calendar-feed', {})
  const face = { payload: plainPng(64, 64), headers: { 'content-type': 'image/png' } }
  expect((await as(person).inject({ method: 'PUT', url: '/api/me/picture', ...face })).statusCode).toBe(200)
  await as(owner).inject({ method: 'PATCH', url: `/api/members/${person.id}`, payload: { role: 'admin' } })
  await post(person, '/api/invitations', {})
  await as(owner).inject({ method: 'PATCH', url: `/api/members/${person.id}`, payload: { role: 'member' } })
  await post(owner, `/api/members/${person.id}/password-reset`, {})
  await post(person, '/api/me/tokens', { name: `Script of ${name}`, scopes: ['read'], expiresInDays: 1 })
  await db.insert(schema.passkeys).values({ userId: person.id, name, credentialId: name, publicKey: 'key', counter: 0 })
  await db.insert(schema.mails).values({
    kind: 'invitation',
    recipient: person.email,
    subject: 'Come',
    text: `Hello ${name}`,
    html: '',
    expiresAt: new Date(Date.now() + 60_000),
  })
  await db.update(schema.invitations).set({ email: person.email })
  return { person, own, others, said }
}

test('who deletes their account is out at once, and a little later no row and no object names them', async () => {
  const before = await allKeys()
  const { person, own, others, said } = await busyPerson('Zoraida')
  expect((await tablesNaming(['Zoraida', person.id])).map((found) => found.split(':')[0])).toEqual(
    expect.arrayContaining([
      'api_tokens',
      'comments',
      'decision_log_parts',
      'decision_votes',
      'mails',
      'passkeys',
      'updates',
      'webhook_deliveries',
    ]),
  )
  expect((await erase(person, { password: 'wrong password' })).json().type).toBe('/problems/wrong-password')
  expect((await erase(person, { confirmation: 'yes' })).statusCode).toBe(400)
  expect((await erase(person)).statusCode).toBe(204)
  expect((await as(person).inject({ url: '/api/me' })).statusCode).toBe(401)
  expect((await post(person, '/api/auth/sign-in/email', { email: person.email, password })).statusCode).toBe(401)
  expect((await as(ben).inject({ url: `/api/updates/${own.id}` })).statusCode).toBe(404)
  expect((await as(ben).inject({ url: '/api/members' })).body).not.toContain('Zoraida')

  await work()
  expect(await tablesNaming(['Zoraida', person.id, person.email])).toEqual([])
  expect(await allKeys()).toEqual(before)
  const { items } = (await as(ben).inject({ url: `/api/updates/${others.id}/comments` })).json()
  expect(items).toMatchObject([
    { id: said.id, author: { name: 'Deleted person' }, text: '', deleted: true },
    { parentId: said.id },
  ])
  expect(JSON.stringify(items)).toContain('@Deleted person yes')
  const lines = (await as(ben).inject({ url: '/api/decisions/export' })).body.trim().split('\n')
  const decided = lines.map((line) => JSON.parse(line))
  expect(await verifyLog(decided)).toMatchObject({ ok: true, entries: 3, erased: 4 })
  expect(JSON.stringify(decided)).toContain('@Deleted person leads')
  expect(JSON.stringify(decided)).toContain('Ben decides')
  const log = (await as(owner).inject({ url: '/api/audit-events' })).json().items
  expect(log).toContainEqual(
    expect.objectContaining({ action: 'account.erased', actor: expect.objectContaining({ name: 'Deleted person' }) }),
  )
})

test('an admin does it for a member who asks, sees how far it is, and it goes on after a worker that ended', async () => {
  const { person } = await busyPerson('Quirina')
  const url = `/api/members/${person.id}/erasure`
  const payload = { password, confirmation: 'delete' }
  expect((await post(ben, url, payload)).statusCode).toBe(403)
  expect((await post(owner, url, { ...payload, password: 'wrong password' })).json().type).toBe('/problems/wrong-password')
  expect((await post(owner, url, payload)).json()).toMatchObject({ done: 0, finishedAt: null })
  expect((await as(person).inject({ url: '/api/me' })).statusCode).toBe(401)
  const rejected = { transaction: () => Promise.reject(new Error('the worker ends')), select: db.select.bind(db) }
  await eraseAccounts({ db: rejected as unknown as typeof db, storage, log })
  expect((await as(owner).inject({ url: '/api/erasures' })).json()[0].finishedAt).toBeNull()
  await work()
  const [erasure] = (await as(owner).inject({ url: '/api/erasures' })).json()
  expect(erasure.finishedAt).not.toBeNull()
  expect(erasure.done).toBe(erasure.total)
  expect(await tablesNaming(['Quirina', person.id])).toEqual([])
  expect((await as(ben).inject({ url: '/api/erasures' })).statusCode).toBe(403)
})

test('the owner of others transfers first; an admin erases neither the owner nor who is elsewhere too', async () => {
  expect((await erase(owner)).json()).toMatchObject({ type: '/problems/owner-must-stay' })
  expect((await as(owner).inject({ url: '/api/me' })).statusCode).toBe(200)
  await as(owner).inject({ method: 'PATCH', url: `/api/members/${ben.id}`, payload: { role: 'admin' } })
  const payload = { password, confirmation: 'delete' }
  expect((await post(ben, `/api/members/${owner.id}/erasure`, payload)).statusCode).toBe(403)
  const both = await given.person('Both')
  await post(both, '/api/workspaces', { name: 'Second' })
  expect((await post(ben, `/api/members/${both.id}/erasure`, payload)).statusCode).toBe(403)
  // A workspace in which nobody else is goes with its owner.
  expect((await erase(both)).statusCode).toBe(204)
  await work()
  expect(await tablesNaming(['Second', both.id])).toEqual([])
})

test('the log still refuses every other change', async () => {
  await expect(db.execute(sql`update audit_events set action = 'nothing.happened'`)).rejects.toThrow()
  await expect(
    db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('meanwhile.erases', 'a person', true)`)
      await tx.execute(sql`update audit_events set action = 'nothing.happened'`)
    }),
  ).rejects.toThrow()
})
