import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLog } from '@meanwhile/shared/platform/log'
import { deliverDue } from '@meanwhile/worker/webhooks/deliver'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'

const { as, db, env, given } = await startApp({ env: { WEBHOOKS_PRIVATE_NETWORKS: 'allow' } })
const olga = await given.person('Olga')
const ben = await given.person('Ben')

type Told = { headers: Record<string, string>; body: string }
let told: Told[] = []
let status = 204
const receiver = createServer((request, reply) => {
  let body = ''
  request.on('data', (chunk) => (body += chunk))
  request.on('end', () => {
    told.push({ headers: request.headers as Record<string, string>, body })
    reply.writeHead(status).end(status === 204 ? undefined : 'no')
  })
})
await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
afterAll(() => receiver.close())
const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?key=1`

const every = ['update.published', 'update.deleted', 'comment.added', 'question.resolved', 'member.joined']
const ask = async (person: Person, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, payload?: object) => {
  const answer = await as(person).inject({ method, url: path, ...(payload && { payload }) })
  return { code: answer.statusCode, json: answer.body ? answer.json() : null }
}
const make = async (events = every) =>
  (await ask(olga, 'POST', '/api/webhooks', { url, events })).json as { id: string; secret: string }
const delivering = { db, log: createLog('silent', 'test'), authSecret: env.AUTH_SECRET, rules: { allowPrivate: true } }
const deliver = () => deliverDue(delivering)
const soon = (id: string) =>
  db.execute(`update webhook_deliveries set next_attempt_at = now() where webhook_id = '${id}' and next_attempt_at is not null`)
const logOf = async (id: string) => (await ask(olga, 'GET', `/api/webhooks/${id}/deliveries`)).json

beforeEach(async () => {
  await db.execute('delete from webhooks')
  told = []
  status = 204
})

test('what happens is told once, signed so that Standard Webhooks verifies it', async () => {
  const { id, secret } = await make()
  const { id: updateId } = await given.update(ben, { title: 'Monday' })
  expect(await deliver()).toBe(1)
  expect(await deliver()).toBe(0)
  const [{ headers, body }] = told as [Told]
  expect(JSON.parse(body)).toMatchObject({ type: 'update.published', data: { updateId, title: 'Monday', authorId: ben.id } })
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  expect(key).toHaveLength(32)
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(content).digest('base64')}`)
  expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(300)
  const [logged] = await logOf(id)
  expect(logged).toMatchObject({ event: 'update.published', status: 204, attempts: 1, nextAttemptAt: null })
  expect(headers['webhook-id']).toBe(`msg_${logged.id}`)
})

test('each kind of event is told to those who chose it', async () => {
  await make()
  await make(['member.joined'])
  const { id: updateId } = await given.recording(ben, await cutRecording({ ms: 2000 }))
  const comment = await ask(olga, 'POST', `/api/updates/${updateId}/comments`, { text: 'Why?', type: 'question' })
  await ask(ben, 'PUT', `/api/comments/${comment.json.id}/resolution`, {})
  await ask(ben, 'DELETE', `/api/updates/${updateId}`)
  await given.person('Zoe')
  await deliver()
  const types = told.map(({ body }) => JSON.parse(body).type).sort()
  expect(types).toEqual([
    'comment.added',
    'member.joined',
    'member.joined',
    'question.resolved',
    'update.deleted',
    'update.published',
  ])
  expect(told.map(({ body }) => body).join()).not.toContain('Why?')
})

test('nothing is told of drafts, private channels and other workspaces', async () => {
  await make()
  const { json: channel } = await ask(ben, 'POST', '/api/channels', { name: 'Secret', isPrivate: true })
  const { id } = await given.update(ben, { title: 'Hidden', channelId: channel.id })
  await ask(ben, 'POST', `/api/updates/${id}/comments`, { text: 'Psst' })
  await ask(ben, 'DELETE', `/api/updates/${id}`)
  const draft = await given.update(ben, { video: { tracks: ['main'] } })
  await ask(ben, 'DELETE', `/api/updates/${draft.id}`)
  const stranger = await given.stranger('Mallory')
  await db.execute('delete from webhook_deliveries')
  await given.update(stranger, { title: 'Elsewhere' })
  expect(await deliver()).toBe(0)
})

test('what fails is tried again under the same id, and after the last attempt the webhook is switched off', async () => {
  const { id } = await make()
  await given.update(ben)
  status = 500
  await deliver()
  expect(await deliver()).toBe(0)
  expect((await logOf(id))[0]).toMatchObject({ status: 500, answer: 'no', attempts: 1, deliveredAt: null })
  await soon(id)
  await deliver()
  expect(new Set(told.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  await db.execute(`update webhook_deliveries set attempts = 8, next_attempt_at = now() where webhook_id = '${id}'`)
  await deliver()
  const [webhook] = (await ask(olga, 'GET', '/api/webhooks')).json
  expect(webhook.disabledAt).not.toBeNull()
  expect((await ask(olga, 'GET', '/api/audit-events')).json.items[0]).toMatchObject({ action: 'webhook.disabled', actor: null })

  status = 204
  expect((await ask(olga, 'PUT', `/api/webhooks/${id}/enabled`)).json).toMatchObject({ disabledAt: null })
  const [failed] = await logOf(id)
  expect((await ask(olga, 'POST', `/api/webhooks/${id}/deliveries/${failed.id}/replay`)).json).toMatchObject({ attempts: 0 })
  await deliver()
  expect((await logOf(id))[0]).toMatchObject({ id: failed.id, status: 204, attempts: 1 })
})

test('who answers 410 is told nothing more', async () => {
  const { id } = await make()
  status = 410
  await ask(olga, 'POST', `/api/webhooks/${id}/test`)
  await deliver()
  expect((await ask(olga, 'GET', '/api/webhooks')).json[0].disabledAt).not.toBeNull()
  await given.update(ben)
  expect(await deliver()).toBe(0)
})

test('two workers send a message once; one that died while it sent leaves it to another', async () => {
  const { id } = await make()
  await given.update(ben)
  await Promise.all([deliver(), deliver(), deliver()])
  expect(told).toHaveLength(1)
  await db.execute(`update webhook_deliveries set delivered_at = null, next_attempt_at = now() + interval '60 seconds'`)
  expect(await deliver()).toBe(0)
  await soon(id)
  expect(await deliver()).toBe(1)
})

test('a rotated secret signs from then on', async () => {
  const { id, secret } = await make()
  const rotated = (await ask(olga, 'POST', `/api/webhooks/${id}/rotate`)).json
  expect(rotated.secret).toMatch(/^whsec_/)
  expect(rotated.secret).not.toBe(secret)
  expect(JSON.stringify(await db.execute('select * from webhooks'))).not.toContain(rotated.secret)
})

test('an address that we do not send to is refused by its field, and by the worker where the name leads there', async () => {
  const strict = await startApp()
  const owner = await strict.given.person('Olga')
  const send = (to: string) =>
    strict.as(owner).inject({ method: 'POST', url: '/api/webhooks', payload: { url: to, events: ['member.joined'] } })
  const change = (id: string, to: string) =>
    strict.as(owner).inject({ method: 'PATCH', url: `/api/webhooks/${id}`, payload: { url: to } })
  for (const bad of [url, 'https://127.0.0.1/', 'https://ada:pw@example.org/', 'https://example.org:22/']) {
    const refused = await send(bad)
    expect([refused.statusCode, refused.json().errors[0].field]).toEqual([400, 'url'])
  }
  const made = await send('https://internal.example.org/')
  expect(made.statusCode).toBe(201)
  for (const bad of ['https://127.0.0.1/', 'https://[::ffff:127.0.0.1]/', 'https://169.254.169.254/latest'])
    expect((await change(made.json().id, bad)).statusCode).toBe(400)
  await strict.given.person('Ben')
  const rules = { allowPrivate: false, lookup: async () => ['10.0.0.7'] }
  await deliverDue({ ...delivering, db: strict.db, rules })
  const [row] = await strict.db.execute('select error, status from webhook_deliveries')
  expect(row).toEqual({ error: 'The name leads to a private address', status: null })
})

test('members may not, and there are at most twenty', async () => {
  expect((await ask(ben, 'POST', '/api/webhooks', { url, events: every })).code).toBe(403)
  await db.execute(
    `insert into webhooks (workspace_id, url, events) select workspace_id, 'https://example.org', '{}' from members, generate_series(1, 20) where role = 'owner' and user_id = '${olga.id}'`,
  )
  expect((await ask(olga, 'POST', '/api/webhooks', { url, events: every })).json.type).toBe('/problems/too-many-webhooks')
})

test('an admin changes the address, the events, and whether it is told at all; each change is on record, and its secret stays', async () => {
  const { id, secret } = await make(['member.joined'])
  const change = (payload: object) => ask(olga, 'PATCH', `/api/webhooks/${id}`, payload)
  expect((await change({ events: ['update.published', 'update.published'] })).json).toMatchObject({
    url,
    events: ['update.published'],
  })
  await given.update(ben, { title: 'Monday' })
  expect((await change({ url: `${url}&again=1` })).json.url).toBe(`${url}&again=1`)
  await deliver()
  const [{ headers, body }] = told as [Told]
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(content).digest('base64')}`)
  expect((await change({ enabled: false })).json.disabledAt).not.toBeNull()
  await given.update(ben, { title: 'Not told' })
  await deliver()
  expect(told).toHaveLength(1)
  expect((await change({ enabled: true })).json.disabledAt).toBeNull()
  await change({ enabled: true, events: ['update.published'] })
  for (const payload of [
    { url: 'ftp://example.org' },
    { url: 'https://me:secret@example.org' },
    { events: [] },
    { events: ['nothing'] },
    { url: 7 },
  ])
    expect((await change(payload)).code, JSON.stringify(payload)).toBe(400)
  expect((await ask(ben, 'PATCH', `/api/webhooks/${id}`, { enabled: false })).code).toBe(403)
  const { items } = (await ask(olga, 'GET', '/api/audit-events?limit=100')).json
  const acts = items
    .filter(({ target }: { target: { id: string } }) => target?.id === id)
    .map(({ action }: { action: string }) => action)
  expect(acts).toEqual(['webhook.enabled', 'webhook.switched-off', 'webhook.changed', 'webhook.changed', 'webhook.created'])
})
