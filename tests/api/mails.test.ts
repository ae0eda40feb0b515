import { mailPasswordReset } from '@meanwhile/server/members/password-reset'
import { createLog } from '@meanwhile/shared/platform/log'
import { mailServerOf } from '@meanwhile/shared/platform/mail'
import { forgetMails, startMail } from '@meanwhile/worker/mail/start-mail'
import { sql } from 'drizzle-orm'
import { afterAll, expect, test, vi } from 'vitest'
import { startApp } from '../support/app.ts'
import { pathIn, startSmtp } from '../support/smtp.ts'

const smtp = await startSmtp()
const site = await startApp({ env: smtp.variables })
const { app, as, db, env, given, password } = site
const server = mailServerOf(env)
if (!server) throw new Error('no mail server')
const log = createLog('silent', 'test')
const stop = startMail({ db, home: env, server, log, everyMs: 300, pauseMs: 200 })
afterAll(stop)

const ada = await given.person('Ada')
const ben = await given.person('Ben')
const post = (url: string, payload: object, person: typeof ada | null = null) =>
  as(person).inject({ method: 'POST', url, payload })
const invite = (...emails: string[]) => post('/api/invitations/mails', { emails }, ada)
const listed = async (person = ada) => (await as(person).inject({ url: '/api/mails?limit=100' })).json()
type Row = { to: string; state: string; failure: string | null; attempts: number; text: string | null; subject: string }
const rowTo = async (to: string): Promise<Row> => (await listed()).items.find((row: Row) => row.to === to)

test('invitations are sent to several addresses at once, a link for each', async () => {
  const made = await invite('cleo@example.org', 'Dan@example.org', 'dan@example.org')
  expect(made.statusCode).toBe(201)
  expect(made.json().map(({ email }: { email: string }) => email)).toEqual(['cleo@example.org', 'dan@example.org'])
  const mail = await smtp.mailTo('cleo@example.org')
  expect(mail).toMatchObject({
    from: { name: 'Meanwhile', address: 'meanwhile@example.org' },
    subject: "Ada invites you to Ada's workspace",
  })
  expect(mail.html).toContain(pathIn(mail))
  expect(pathIn(mail)).not.toBe(pathIn(await smtp.mailTo('dan@example.org')))
  const token = pathIn(mail).split('/').at(-1)
  const cleo = await site.signUp('Cleo', token)
  expect((await as(cleo).inject({ url: '/api/me' })).json()).toMatchObject({ role: 'member' })
  await vi.waitFor(async () =>
    expect(await rowTo('cleo@example.org')).toMatchObject({ state: 'sent', attempts: 1, failure: null }),
  )
  const audit = (await as(ada).inject({ url: '/api/audit-events' })).json().items
  expect(audit).toContainEqual(expect.objectContaining({ action: 'invitation.created', details: { email: 'dan@example.org' } }))
})

test('a mail is written only with what causes it', async () => {
  await as(ada).inject({ method: 'PATCH', url: '/api/workspace', payload: { emailDomains: ['example.org'] } })
  const refused = await invite('eve@example.org', 'eve@example.com')
  expect(refused.json()).toMatchObject({ type: '/problems/domain-not-allowed', status: 403 })
  expect(await rowTo('eve@example.org')).toBeUndefined()
  await as(ada).inject({ method: 'PATCH', url: '/api/workspace', payload: { emailDomains: [] } })
})

test('a server that refuses for a while gets it later, once', async () => {
  smtp.refuse('slow@example.org', { code: 451, message: 'Come back later' })
  await invite('slow@example.org')
  await vi.waitFor(async () => expect((await rowTo('slow@example.org')).failure).toContain('Come back later'))
  await vi.waitFor(() => expect(smtp.triesOf('slow@example.org')).toBeGreaterThan(1))
  expect(await rowTo('slow@example.org')).toMatchObject({ state: 'waiting' })
  smtp.refuse('slow@example.org', null)
  await smtp.mailTo('slow@example.org')
  await vi.waitFor(async () => expect(await rowTo('slow@example.org')).toMatchObject({ state: 'sent', failure: null }))
  expect(smtp.to('slow@example.org')).toHaveLength(1)
})

test('a server that refuses for good is not asked again, and the admin reads why', async () => {
  smtp.refuse('gone@example.org', { code: 550, message: 'No such user' })
  await invite('gone@example.org')
  await vi.waitFor(async () => expect(await rowTo('gone@example.org')).toMatchObject({ state: 'failed' }))
  expect((await rowTo('gone@example.org')).failure).toContain('550 No such user')
  await new Promise((resolve) => setTimeout(resolve, 800))
  expect(smtp.triesOf('gone@example.org')).toBe(1)
})

test('what a queue forgot is sent all the same', async () => {
  const values = { kind: 'invitation', recipient: 'lost@example.org', subject: 'Lost', text: 'x', html: 'x' } as const
  const { mails } = await import('@meanwhile/shared/db/schema/mails')
  await db.insert(mails).values({ ...values, expiresAt: new Date(Date.now() + 60_000) })
  expect((await smtp.mailTo('lost@example.org')).subject).toBe('Lost')
  await db.insert(mails).values({ ...values, recipient: 'late@example.org', expiresAt: new Date(Date.now() - 1) })
  await vi.waitFor(async () => {
    const [row] = await db.execute(sql`select state, failure from mails where recipient = 'late@example.org'`)
    expect(row).toEqual({ state: 'failed', failure: 'It could not be sent in time.' })
  })
})

test('a name begins no header, and an address is one address', async () => {
  await db.execute(sql`update users set name = ${'Ada\r\nBcc: eve@example.org\r\n\r\nHello'} where id = ${ada.id}`)
  await invite('fay@example.org')
  const { raw, mail } = (await smtp.mailTo('fay@example.org')) && (smtp.to('fay@example.org')[0] as (typeof smtp.received)[0])
  expect(mail.bcc ?? []).toEqual([])
  expect(raw).not.toMatch(/^bcc:/im)
  expect(mail.subject).toBe("Ada Bcc: eve@example.org Hello invites you to Ada's workspace")
  await db.execute(sql`update users set name = 'Ada' where id = ${ada.id}`)
  for (const email of ['a@example.org\r\nBcc: eve@example.org', 'a@example.org, b@example.org', 'A <a@example.org>'])
    expect((await invite(email)).statusCode).toBe(400)
  expect(smtp.to('eve@example.org')).toEqual([])
})

const enterWith = (secret: string, email = ben.email) => post('/api/auth/sign-in/email', { email, password: secret })

test('who forgot the password gets a link that sets another, once, and ends every session', async () => {
  expect((await post('/api/password-resets', { email: ben.email.toUpperCase() })).statusCode).toBe(204)
  const path = pathIn(await smtp.mailTo(ben.email))
  expect(path).toMatch(/^\/reset\/[\w-]{32}$/)
  const url = `/api/password-resets/${path.split('/').at(-1)}`
  expect((await app.inject({ url })).json()).toEqual({ name: 'Ben', email: ben.email })
  const [kept] = await db.execute(sql`select token_hash from password_resets where user_id = ${ben.id}`)
  expect(path).not.toContain(kept?.token_hash)
  expect((await post(url, { password: 'a new password' })).statusCode).toBe(204)
  expect((await as(ben).inject({ url: '/api/me' })).statusCode).toBe(401)
  expect((await enterWith(password)).statusCode).toBe(401)
  expect((await enterWith('a new password')).statusCode).toBe(200)
  expect((await post(url, { password: 'once more, please' })).json()).toMatchObject({ type: '/problems/reset-invalid' })
  const audit = (await as(ada).inject({ url: '/api/audit-events' })).json().items
  expect(audit).toContainEqual(expect.objectContaining({ action: 'account.password-reset' }))
})

test('an admin never reads a link that opens the account of somebody else', async () => {
  await vi.waitFor(async () => expect(await rowTo(ben.email)).toMatchObject({ state: 'sent', text: null }))
  const [row] = await db.execute(sql`select text, html from mails where kind = 'password-reset' and state = 'sent'`)
  expect(row).toEqual({ text: '', html: '' })
  expect((await rowTo('cleo@example.org')).text).toContain('/join/')
  expect((await listed()).from).toBe('meanwhile@example.org')
  const stranger = await given.stranger('Mallory')
  expect((await listed(stranger)).items).toEqual([])
})

test('a link signs in once, within its time, and puts it on record', async () => {
  expect((await post('/api/auth/sign-in/link', { email: ada.email })).statusCode).toBe(204)
  const path = pathIn(await smtp.mailTo(ada.email))
  const url = `/api/auth/sign-in/link/${path.split('/').at(-1)}`
  const entered = await post(url, {})
  expect(entered.json()).toEqual({ user: { id: ada.id, name: 'Ada', email: ada.email } })
  const cookie = entered.cookies.map((each) => `${each.name}=${each.value}`).join('; ')
  expect(entered.cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  expect((await app.inject({ url: '/api/me', headers: { cookie } })).json()).toMatchObject({ id: ada.id, role: 'owner' })
  expect((await post(url, {})).json()).toMatchObject({ type: '/problems/sign-in-link-invalid', status: 403 })
  // It was the first to prove her address: the session of before has ended.
  expect((await listed()).type).toBe('/problems/signed-out')
  ada.cookie = cookie

  await post('/api/auth/sign-in/link', { email: ada.email })
  const late = pathIn(await smtp.mailTo(ada.email, 2))
    .split('/')
    .at(-1)
  await db.execute(sql`update verifications set expires_at = now() - interval '1 second'`)
  expect((await post(`/api/auth/sign-in/link/${late}`, {})).statusCode).toBe(403)
})

test('whether there is an account tells neither the answer nor a mail, and no mailbox is flooded', async () => {
  for (const url of ['/api/password-resets', '/api/auth/sign-in/link']) {
    const [known, unknown] = [await post(url, { email: ada.email }), await post(url, { email: 'nobody@example.org' })]
    expect([unknown.statusCode, unknown.body]).toEqual([known.statusCode, known.body])
    expect(Object.keys(unknown.headers)).toEqual(Object.keys(known.headers))
  }
  await db.execute(sql`update mails set created_at = now() - interval '2 hours'`)
  // All at once, and the work behind the answers is waited for.
  const deps = { db, env, mails: app.mails }
  await Promise.all(Array.from({ length: 6 }, () => mailPasswordReset(deps, ben.email)))
  const [row] = await db.execute(
    sql`select count(*)::int as n from mails where recipient = ${ben.email} and created_at > now() - interval '1 hour'`,
  )
  expect(row?.n).toBe(3)
  expect(smtp.to('nobody@example.org')).toEqual([])
})

test('mails are forgotten after a month, what they proved when it has expired', async () => {
  await db.execute(sql`update mails set created_at = now() - interval '31 days'`)
  await db.execute(sql`update verifications set expires_at = now() - interval '1 second'`)
  await forgetMails(db)
  expect((await listed()).items).toEqual([])
  expect(await db.execute(sql`select 1 from verifications`)).toHaveLength(0)
})
