import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { takeMail } from '@meanwhile/server/inbound/take-mail'
import { createLog } from '@meanwhile/shared/platform/log'
import { mailServerOf } from '@meanwhile/shared/platform/mail'
import { mailSiteOf } from '@meanwhile/shared/platform/mail-site'
import { postSummaries } from '@meanwhile/worker/delivery/post-summaries'
import { readCalendars } from '@meanwhile/worker/delivery/read-calendars'
import { sendDigests } from '@meanwhile/worker/delivery/send-digests'
import { sendPosts } from '@meanwhile/worker/delivery/send-posts'
import { tellUrgents } from '@meanwhile/worker/delivery/tell-urgents'
import { startMail } from '@meanwhile/worker/mail/start-mail'
import { sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { startSmtp } from '../support/smtp.ts'

const smtp = await startSmtp()
const secret = 's'.repeat(40)
const { app, as, db, env, given } = await startApp({
  env: { ...smtp.variables, INBOUND_ADDRESS: 'answers@example.org', INBOUND_SECRET: secret, WEBHOOKS_PRIVATE_NETWORKS: 'allow' },
})
const site = mailSiteOf(env)
const rules = { allowPrivate: true }
const server = mailServerOf(env)
if (!server) throw new Error('no mail server')
afterAll(startMail({ db, home: env, server, site, log: createLog('silent', 'test'), everyMs: 200, pauseMs: 200 }))

/** What others run: a calendar, and rooms that are told something. */
const told: { path: string; body: unknown }[] = []
let calendar = ''
const outside = createServer(async (request, reply) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  if (request.method === 'POST') told.push({ path: `${request.url}`, body: JSON.parse(Buffer.concat(chunks).toString()) })
  reply.statusCode = request.url?.startsWith('/broken') ? 500 : 200
  reply.end(request.url === '/calendar.ics' ? calendar : 'ok')
})
await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
afterAll(() => new Promise<void>((resolve) => outside.close(() => resolve())))
const address = (path: string) => `http://127.0.0.1:${(outside.address() as AddressInfo).port}${path}`

const ada = await given.person('Ada')
const ana = await given.person('Ana')
const eve = await given.stranger('Eve')
await db.execute(sql`update users set time_zone = 'Europe/Berlin', email_verified = true where id = ${ana.id}`)
const change = (person: typeof ada, payload: object) => as(person).inject({ method: 'PATCH', url: '/api/me/delivery', payload })
const { id: updateId } = await given.update(ada, { title: 'Plan', body: 'What is next' })
const say = async (payload: object, author = ada) => {
  const written = await as(author).inject({ method: 'POST', url: `/api/updates/${updateId}/comments`, payload })
  expect(written.statusCode).toBe(201)
  return written.json().id as string
}
const ask = (text = 'Which one?') => say({ text, type: 'question', ownerId: ana.id })
const comments = async () =>
  (await as(ada).inject({ url: `/api/updates/${updateId}/comments` })).json().items as { text: string; author: { id: string } }[]

test('what is chosen is kept, and nobody is told an address', async () => {
  const changed = await change(ana, {
    windows: ['16:00', '08:00'],
    urgentChannel: 'webhook',
    urgentUrl: address('/urgent?key=secret'),
  })
  expect(changed.json()).toMatchObject({
    windows: ['08:00', '16:00'],
    urgentChannel: 'webhook',
    urgentHost: new URL(address('/')).host,
  })
  expect(changed.body).not.toContain('secret')
  expect((await change(ana, { windows: [] })).statusCode).toBe(400)
  expect((await change(ana, { windows: ['25:00'] })).statusCode).toBe(400)
  expect((await change(ana, { calendarUrl: 'ftp://example.org/x' })).json().errors[0].field).toBe('calendarUrl')
  await change(ana, { windows: ['09:30', '15:30'], urgentUrl: null })
  expect((await as(ana).inject({ url: '/api/me/delivery' })).json()).toMatchObject({ urgentChannel: 'mail', urgentHost: null })
})

test('who writes is told when it arrives, and nothing else', async () => {
  const url = `/api/updates/${updateId}/delivery?people=${ana.id}`
  const answer = await as(ada).inject({ url })
  expect(answer.json()).toEqual([{ userId: ana.id, at: expect.any(String), timeZone: 'Europe/Berlin' }])
  expect((await as(ada).inject({ url: url.replace(ana.id, eve.id) })).json().type).toBe('/problems/person-not-found')
  expect((await as(eve).inject({ url })).statusCode).toBe(404)
  expect((await as(ada).inject({ url: `/api/updates/${updateId}/delivery?people=x` })).statusCode).toBe(400)
})

test('who posts is told from when to when the people of a place hear of it, and of no other place', async () => {
  const asked = async (person: typeof ada, query = '') => (await as(person).inject({ url: `/api/delivery${query}` })).json()
  const all = await asked(ada)
  expect(all).toEqual({ people: 1, first: expect.any(String), last: all.first })
  const [{ at }] = (await as(ada).inject({ url: `/api/updates/${updateId}/delivery?people=${ana.id}` })).json()
  expect(all.first).toBe(at)

  const bea = await given.person('Bea')
  await db.execute(sql`update users set time_zone = 'Asia/Tokyo' where id = ${bea.id}`)
  const both = await asked(ada)
  expect(both.people).toBe(2)
  expect(Date.parse(both.first)).toBeLessThan(Date.parse(both.last))
  expect([both.first, both.last]).toContain(at)

  const made = await as(ada).inject({ method: 'POST', url: '/api/channels', payload: { name: 'Few', isPrivate: true } })
  const few = `?channelId=${made.json().id}`
  expect(await asked(ada, few)).toEqual({ people: 0, first: null, last: null })
  await as(ada).inject({ method: 'PUT', url: `/api/channels/${made.json().id}/members/${ana.id}` })
  expect(await asked(ada, few)).toEqual({ people: 1, first: at, last: at })
  for (const person of [bea, eve]) expect((await asked(person, few)).type).toBe('/problems/not-found')
  expect((await asked(ada, '?channelId=x')).type).toBe('/problems/invalid-request')
  await db.execute(sql`delete from members where user_id = ${bea.id}`)
})

test('a calendar is read for when, never for what; what cannot be read is said', async () => {
  calendar =
    'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Doctor\r\nDTSTART:20260324T080000Z\r\nDTEND:20260324T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
  await change(ana, { calendarUrl: address('/calendar.ics') })
  const now = new Date('2026-03-23T12:00:00Z')
  await db.execute(sql`update busy_calendars set next_read_at = '2026-03-01'`)
  expect(await readCalendars(db, rules, now)).toBe(1)
  expect((await as(ana).inject({ url: '/api/me/delivery' })).json().calendar).toMatchObject({ failure: null, busy: 1 })
  expect(JSON.stringify(await db.execute(sql`select * from busy_calendars`))).not.toContain('Doctor')
  calendar = '<html>Sign in</html>'
  await readCalendars(db, rules, new Date('2026-03-23T14:00:00Z'))
  expect((await as(ana).inject({ url: '/api/me/delivery' })).json().calendar).toMatchObject({
    failure: 'It is not a calendar',
    busy: 1,
  })
  // A rule that no day fits is looked for without end.
  calendar =
    'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260324T080000Z\r\nDTEND:20260324T090000Z\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
  await readCalendars(db, rules, new Date('2026-03-23T15:00:00Z'))
  expect((await as(ana).inject({ url: '/api/me/delivery' })).json().calendar).toMatchObject({
    failure: 'It takes too long to read',
    busy: 1,
  })
  await readCalendars(db, { allowPrivate: false }, new Date('2026-03-23T16:00:00Z'))
  expect((await as(ana).inject({ url: '/api/me/delivery' })).json().calendar.failure).toContain('must begin with https')
  await change(ana, { calendarUrl: null })
})

/** Has Ana's digest of today sent. */
async function digest(count: number) {
  const tomorrow = new Date(Date.now() + 86_400_000)
  for (let hours = 0; hours < 24 * 5; hours++) {
    const now = new Date(tomorrow.getTime() + hours * 3_600_000)
    if ((await sendDigests(db, site, now)) > 0) break
  }
  return smtp.mailTo(ana.email, count)
}
const inbound = (raw: string, headers = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/inbound-mails',
    headers: { 'content-type': 'message/rfc822', 'meanwhile-inbound-secret': secret, ...headers },
    payload: raw,
  })
const letter = (to: string, { from = ana.email, id = 'one', text = 'Yes, ship it.', more = '' } = {}) =>
  `From: Ana <${from}>\r\nTo: <${to}>\r\nMessage-ID: <${id}@example.org>\r\nSubject: Re: x\r\n${more}Content-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n\r\nOn Tue, Meanwhile <meanwhile@example.org> wrote:\r\n> Which one?\r\n`

test('a digest is in the thread of its update, is answered by mail, once, and turned off with one click', async () => {
  await db.execute(sql`insert into views (update_id, user_id) values (${updateId}, ${ana.id}) on conflict do nothing`)
  await ask('Which one?')
  const mail = await digest(1)
  expect(mail.subject).toBe('1 question')
  expect(mail.text).toContain('Which one?')
  expect(mail.text).not.toContain('answers+r')
  expect(mail.references).toBe(`<update-${updateId}@example.org>`)
  const to = mail.replyTo?.[0]?.address ?? ''
  expect(to).toMatch(/^answers\+r[0-9a-f]{32}@example\.org$/)
  expect((await inbound(letter(to))).json()).toEqual({ result: 'added', why: null })
  expect((await inbound(letter(to))).json()).toEqual({ result: 'known', why: null })
  const mine = (await comments()).filter(({ author }) => author.id === ana.id)
  expect(mine.map(({ text }) => text)).toEqual(['Yes, ship it.'])

  const refused = [
    inbound(letter(to, { from: 'eve@example.org', id: 'two' })),
    inbound(letter(to, { id: 'three', more: 'Auto-Submitted: auto-replied\r\n' })),
    inbound(letter(to.replace(/r../, 'r00'), { id: 'four' })),
    inbound(letter(to, { id: 'five', text: '' })),
    inbound('nothing'),
  ]
  for (const answer of await Promise.all(refused)) expect(answer.json().result).toBe('ignored')
  expect((await inbound(letter(to), { 'meanwhile-inbound-secret': 'x' })).statusCode).toBe(404)
  expect((await inbound(letter(to, { id: 'six', text: 'x'.repeat(11 * 1024 * 1024) }))).statusCode).toBe(413)
  await db.execute(sql`update users set email_verified = false where id = ${ana.id}`)
  expect((await inbound(letter(to, { id: 'seven' }))).json().result).toBe('ignored')
  expect((await comments()).filter(({ author }) => author.id === ana.id)).toHaveLength(1)
  await db.execute(sql`update users set email_verified = true where id = ${ana.id}`)

  const header = (key: string) => mail.headers.find((each) => each.key === key)?.value ?? ''
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  const url = new URL(header('list-unsubscribe').slice(1, -1)).pathname
  const looked = await app.inject({ url })
  expect(looked.statusCode).toBe(200)
  expect(looked.body).toContain('<button>')
  const on = async () => (await as(ana).inject({ url: '/api/me/delivery' })).json().mails
  expect(await on()).toEqual({ digest: true, reminder: true, urgent: true })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const done = await app.inject({ method: 'POST', url, headers: form, payload: 'List-Unsubscribe=One-Click' })
  expect(done.statusCode).toBe(200)
  expect(await on()).toEqual({ digest: false, reminder: true, urgent: true })
  expect((await app.inject({ method: 'POST', url: `${url.slice(0, -3)}AAA`, headers: form, payload: '' })).statusCode).toBe(404)
  await change(ana, { mails: { digest: true } })
})

test('where a server says who mail is from, what it does not vouch for is no answer', async () => {
  const relay = { to: undefined, authservId: 'mx.example.net' }
  const { replyToken, replyAddress } = await import('@meanwhile/shared/platform/mail-site')
  const to = replyAddress('answers@example.org', replyToken(env.AUTH_SECRET, ana.id, updateId))
  const take = (more: string) => takeMail(db, site, Buffer.from(letter(to, { id: 'proved', more })), relay)
  expect(await take('')).toMatchObject({ result: 'ignored' })
  expect(await take('Authentication-Results: mx.example.net; dmarc=fail\r\n')).toMatchObject({ result: 'ignored' })
  expect(await take('Authentication-Results: mx.example.net; dmarc=pass\r\n')).toMatchObject({ result: 'added' })
})

test('a mail that comes back marks its address, until its person says that it works', async () => {
  const from = smtp.received.find(({ to }) => to.includes(ana.email))
  const [row] = await db.execute<{ id: string }>(sql`select id from mails where recipient = ${ana.email} and kind = 'digest'`)
  const { bounceAddress } = await import('@meanwhile/shared/platform/mail-site')
  const to = bounceAddress('answers@example.org', env.AUTH_SECRET, `${row?.id}`)
  expect(from).toBeDefined()
  const report = (action: string) =>
    `From: <>\r\nTo: <${to}>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSorry\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; ${ana.email}\r\nAction: ${action}\r\nDiagnostic-Code: smtp; 550 No such mailbox\r\n\r\n--b--\r\n`
  expect((await inbound(report('delayed'))).json().result).toBe('ignored')
  expect((await inbound(report('failed'))).json().result).toBe('bounced')
  const mine = async () => (await as(ana).inject({ url: '/api/me/delivery' })).json().bounce
  expect(await mine()).toMatchObject({ reason: expect.stringContaining('No such mailbox') })
  await change(ana, { bounce: null })
  expect(await mine()).toBeNull()
})

test('what cannot wait goes out at once, by mail or webhook, once; the ledger names nobody', async () => {
  const contacts = [{ topic: 'The site is down', personId: ana.id, backupId: null, how: 'Call' }]
  await db.execute(
    sql`insert into agreements (workspace_id, content) select workspace_id, ${JSON.stringify({ contacts })}::jsonb from members where user_id = ${ada.id} limit 1`,
  )
  const seen = (await as(ada).inject({ url: `/api/updates/${updateId}/urgent-contacts` })).json()
  expect(seen[0]).toMatchObject({ topic: 'The site is down', contact: { person: { name: 'Ana' }, timeZone: 'Europe/Berlin' } })

  const urge = (commentId: string, who = ada, reason = 'The contract ends tonight') =>
    as(who).inject({ method: 'POST', url: `/api/comments/${commentId}/urgent`, payload: { reason } })
  const first = await ask('Sign it?')
  const before = smtp.to(ana.email).length
  expect((await urge(first, ana)).statusCode).toBe(403)
  expect((await urge(first, eve)).statusCode).toBe(404)
  expect((await urge(first, ada, 'two\nlines')).statusCode).toBe(400)
  expect((await urge(await say({ text: 'To nobody' }))).statusCode).toBe(422)
  await as(ana).inject({ method: 'PUT', url: '/api/notifications/read', payload: {} })
  expect((await urge(first)).json()).toEqual({ people: 1, notTold: [] })
  expect((await urge(first)).json()).toEqual({ people: 0, notTold: [] })
  const mail = await smtp.mailTo(ana.email, before + 1)
  expect(mail.subject).toBe('Ada says that this cannot wait')
  expect(mail.text).toContain('The contract ends tonight')
  const bell = (await as(ana).inject({ url: '/api/notifications?limit=5' })).json().items
  expect(bell[0]).toMatchObject({ kind: 'urgent', comment: { id: first }, reason: 'The contract ends tonight', readAt: null })
  // To write it differently tells nobody again.
  await as(ada).inject({ method: 'PATCH', url: `/api/comments/${first}`, payload: { text: 'Sign it now?' } })
  const about = (await as(ana).inject({ url: '/api/notifications?limit=50' })).json().items as {
    comment: { id: string } | null
  }[]
  expect(about.filter(({ comment }) => comment?.id === first)).toHaveLength(1)

  await change(ana, { urgentChannel: 'webhook', urgentUrl: address('/urgent') })
  await urge(await ask('And this?'))
  expect(await tellUrgents(db, { site, rules }, new Date())).toBe(1)
  expect(told.at(-1)).toMatchObject({ path: '/urgent', body: { from: 'Ada', reason: 'The contract ends tonight' } })
  expect(await tellUrgents(db, { site, rules }, new Date(Date.now() + 600_000))).toBe(0)

  // Where nobody answers a mail goes out.
  await change(ana, { urgentUrl: address('/broken') })
  await urge(await ask('And that?'))
  for (let round = 1; round < 6; round++) await tellUrgents(db, { site, rules }, new Date(Date.now() + round * 600_000))
  await smtp.mailTo(ana.email, before + 2)

  const verdict = (who: typeof ada) => as(who).inject({ method: 'PUT', url: `/api/comments/${first}/urgent/not-urgent` })
  expect((await verdict(ada)).statusCode).toBe(404)
  expect((await verdict(ana)).statusCode).toBe(204)
  const ledger = await as(ada).inject({ url: '/api/workspace/urgents' })
  expect(ledger.json()).toEqual([{ month: new Date().toISOString().slice(0, 7), sent: 3, notUrgent: 1 }])
  // Who takes no such mail sees it in the app, and who asks is told so.
  await change(ana, { urgentUrl: null, mails: { urgent: false } })
  const muted = await ask('And at last?')
  expect((await urge(muted)).json()).toEqual({ people: 0, notTold: [expect.objectContaining({ id: ana.id, name: 'Ana' })] })
  expect(await db.execute(sql`select delivered_at from urgents where comment_id = ${muted}`)).toMatchObject([
    { delivered_at: null },
  ])
  await change(ana, { mails: { urgent: true } })
  // Who reads the list of mails reads nothing that was written to somebody else, and a mailbox that nobody proved is told nothing of it.
  const list = (await as(ada).inject({ url: '/api/mails?limit=50' })).json().items as { kind: string; subject: string }[]
  expect(list.filter(({ kind }) => kind === 'urgent').map(({ subject }) => subject)).toContain('')
  expect(JSON.stringify(list)).not.toContain('cannot wait')
  await db.execute(sql`update users set email_verified = false where id = ${ana.id}`)
  await urge(await ask('Between us?'))
  const [last] = await db.execute(
    sql`select subject, text, extras from mails where kind = 'urgent' order by created_at desc limit 1`,
  )
  expect(last).toMatchObject({ subject: 'Something cannot wait', extras: { updateId } })
  expect(JSON.stringify(last)).not.toMatch(/Between us|Plan|contract ends|Ada|answers\+r/)
  for (let more = 0; more < 1; more++) expect((await urge(await ask())).statusCode).toBe(200)
  expect((await urge(await ask())).statusCode).toBe(429)
})

test('a channel is summed up in Slack and Teams once a day, at a time by the clock of a place', async () => {
  const channel = (await as(ada).inject({ method: 'POST', url: '/api/channels', payload: { name: 'Design' } })).json()
  const url = `/api/channels/${channel.id}/posts`
  const add = (payload: object, who = ada) => as(who).inject({ method: 'POST', url, payload })
  const slack = { format: 'slack', url: address('/slack?key=secret'), time: '16:00', timeZone: 'Europe/Berlin' }
  expect((await add(slack, ana)).statusCode).toBe(403)
  expect((await add({ ...slack, url: 'gopher://x' })).statusCode).toBe(400)
  expect((await add(slack)).body).not.toContain('secret')
  await add({ ...slack, format: 'teams', url: address('/teams') })
  await db.execute(sql`update post_targets set created_at = '2026-03-01'`)
  const { id } = await given.update(ada, { title: 'A <new> plan', body: 'x', channelId: channel.id })
  await db.execute(sql`update updates set published_at = '2026-03-30 10:00Z' where id = ${id}`)

  // What was begun long before is news no more.
  const { id: old } = await given.update(ada, { title: 'Old', body: 'x', channelId: channel.id })
  await db.execute(sql`update updates set published_at = '2026-03-30 11:00Z', created_at = '2026-03-01' where id = ${old}`)
  const at = (time: string) => new Date(`2026-03-30T${time}Z`)
  const count = told.length
  expect(await postSummaries(db, site, at('13:59:00'))).toBe(0)
  expect(await postSummaries(db, site, at('14:00:00'))).toBe(2)
  expect(await postSummaries(db, site, at('14:01:00'))).toBe(0)
  await Promise.all([sendPosts(db, rules, at('14:01:00')), sendPosts(db, rules, at('14:01:00'))])
  expect(
    told
      .slice(count)
      .map(({ path }) => path)
      .toSorted(),
  ).toEqual(['/slack?key=secret', '/teams'])
  expect(JSON.stringify(told.slice(count))).toContain('A &lt;new&gt; plan')
  expect(JSON.stringify(told.slice(count))).toContain('Design: 1 new')
  const listed = (await as(ada).inject({ url })).json()
  expect(listed).toMatchObject([{ failure: null, lastAt: expect.any(String) }, { format: 'teams' }])
  // The day after there is nothing new.
  expect(await postSummaries(db, site, new Date('2026-03-31T14:05:00Z'))).toBe(0)
  expect((await as(ada).inject({ method: 'DELETE', url: `${url}/${listed[0].id}` })).statusCode).toBe(204)
  expect((await as(ada).inject({ method: 'DELETE', url: `${url}/${listed[0].id}` })).statusCode).toBe(404)
})
