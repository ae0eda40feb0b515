import { schema } from '@meanwhile/shared/db/client'
import { createLog } from '@meanwhile/shared/platform/log'
import { mailServerOf } from '@meanwhile/shared/platform/mail'
import { forgetMails, startMail } from '@meanwhile/worker/mail/start-mail'
import { eq, sql } from 'drizzle-orm'
import { afterAll, expect, test, vi } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import { guestsOn } from '../support/guest.ts'
import { startSmtp } from '../support/smtp.ts'

const smtp = await startSmtp()
const { app, as, given, db, env } = await startApp({ env: smtp.variables })
const server = mailServerOf(env)
if (!server) throw new Error('no mail server')
afterAll(startMail({ db, home: env, server, log: createLog('silent', 'test'), everyMs: 300 }))

const { share, guest, revoke, tokenOf } = guestsOn(app)
const ada = await given.person('Ada')
const mallory = await given.stranger('Mallory')
const { id, videoId } = await given.recording(ada, await cutRecording(), 'Zanzibar')
type Link = Awaited<ReturnType<typeof share>>
const forDomains = (...emailDomains: string[]) => share(ada, id, { emailDomains })

/** A browser that keeps its cookies, on a link. */
function browserOn(link: Link, remoteAddress = '198.51.100.1', start = '') {
  const jar = new Map(start ? start.split('; ').map((each) => each.split(/=(.*)/s) as [string, string]) : [])
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const inject = async (options: { method?: 'GET' | 'POST'; url: string; payload?: object }) => {
    const headers = { 'meanwhile-share': tokenOf(link), ...(jar.size > 0 && { cookie: cookies() }) }
    const answer = await app.inject({ ...options, headers, remoteAddress })
    for (const { name, value } of answer.cookies) jar.set(name, value)
    return answer
  }
  const url = `/api/share/${tokenOf(link)}`
  const post = (path: string, payload: object) => inject({ method: 'POST', url: url + path, payload })
  return {
    state: async () => (await inject({ url })).json(),
    open: (password?: string) => post('/open', { password }),
    ask: (email: string) => post('/codes', { email }),
    prove: (email: string, code: string) => post('/address', { email, code }),
    read: () => inject({ url: `/api/updates/${id}` }),
    cookies,
  }
}
const codeTo = async (email: string, count = 1) => /\b\d{8}\b/.exec((await smtp.mailTo(email, count)).text ?? '')?.[0] ?? ''
const otherThan = (code: string) => String((Number(code) + 1) % 100_000_000).padStart(8, '0')
const wrong = { type: '/problems/share-code-wrong', status: 403 }
const inside = { needs: null, open: { updateId: id, member: false } }

test('domains are kept as mail names them, and none is taken under which anybody has a name', async () => {
  const link = await share(ada, id, { emailDomains: [' Example.ORG', 'bücher.de', 'example.org'] })
  expect(link).toMatchObject({ emailDomains: ['example.org', 'xn--bcher-kva.de'] })
  const refused = async (emailDomains: unknown) =>
    (await as(ada).inject({ method: 'POST', url: `/api/updates/${id}/share-links`, payload: { emailDomains } })).json()
  expect((await refused(['co.uk'])).errors).toEqual([
    { field: 'emailDomains', message: 'co.uk is a domain that many share; name one below it' },
  ])
  for (const each of ['com', 'a@example.org', 'example.org/x', '10.0.0.12', 'exa mple.org', ''])
    expect(await refused([each]), each).toMatchObject({ type: '/problems/invalid-request', status: 400 })
  expect((await refused(Array.from({ length: 21 }, (_, at) => `e${at}.org`))).status).toBe(400)
  const audit = (await as(ada).inject({ url: '/api/audit-events' })).json().items
  expect(audit[0]).toMatchObject({ action: 'share-link.created', details: { emailDomains: ['example.org', 'xn--bcher-kva.de'] } })
})

test('before an address is proved nothing says what a link leads to', async () => {
  const link = await forDomains('example.org')
  const token = tokenOf(link)
  for (const url of [
    `/s/${token}`,
    `/embed/s/${token}`,
    `/s/${token}/poster.jpg`,
    `/api/share/${token}`,
    `/api/oembed?url=${encodeURIComponent(link.url)}`,
  ]) {
    const { body, headers } = await app.inject({ url, headers: { accept: 'text/html' } })
    expect(body + JSON.stringify(headers), url).not.toMatch(new RegExp(`Zanzibar|Ada|${id}|example\\.org|og:|ld\\+json`))
  }
  const browser = browserOn(link)
  expect(await browser.state()).toEqual({ needs: 'address', open: null })
  expect((await browser.open()).json()).toEqual({ needs: 'address', open: null })
  expect((await browser.read()).json()).toMatchObject({ type: '/problems/share-link-locked', status: 401 })
})

test('a code proves the address, once; the guest watches and comments, and sees no tags', async () => {
  const link = await forDomains('example.com', 'example.org')
  const mia = browserOn(link)
  const asked = await mia.ask('Mia@Example.org')
  expect([asked.statusCode, asked.headers['set-cookie']]).toEqual([
    204,
    expect.stringMatching(/HttpOnly; SameSite=Strict; Max-Age=600/),
  ])
  const code = await codeTo('mia@example.org')
  expect((await smtp.mailTo('mia@example.org')).subject).not.toContain(code)
  expect(JSON.stringify(await db.select().from(schema.shareCodes))).not.toContain(code)
  expect((await mia.prove('mia@example.org', code)).json()).toMatchObject(inside)
  expect((await mia.read()).json()).toMatchObject({ title: 'Zanzibar', canComment: true })
  expect((await mia.prove('mia@example.org', code)).json()).toMatchObject(wrong)
  const page = await app.inject({ url: `/s/${tokenOf(link)}`, headers: { accept: 'text/html', cookie: mia.cookies() } })
  expect(page.body).toContain('Zanzibar')
  expect(page.body).not.toMatch(/og:|ld\+json/)
  await vi.waitFor(async () => {
    const shown = (await as(ada).inject({ url: '/api/mails' }))
      .json()
      .items.find((each: { kind: string }) => each.kind === 'share-code')
    expect(shown).toMatchObject({ to: 'mia@example.org', state: 'sent', text: null })
  })
  const rows = await db.select().from(schema.mails).where(eq(schema.mails.recipient, 'mia@example.org'))
  expect(JSON.stringify(rows)).not.toContain(code)
})

test('whether an address is one of those is not told, and no other is written to', async () => {
  const link = await forDomains('example.org')
  const browser = browserOn(link)
  const answers = [
    await browser.ask('eva@example.org'),
    await browser.ask('eve@example.net'),
    await browser.ask('eve@mail.example.org'),
  ]
  for (const { statusCode, body } of answers) expect([statusCode, body]).toEqual([204, ''])
  const code = await codeTo('eva@example.org')
  const tried = [await browser.prove('eva@example.org', otherThan(code)), await browser.prove('eve@example.net', code)]
  const [near, far] = tried.map((answer) => ({ ...answer.json(), instance: '' }))
  expect(near).toEqual(far)
  expect(near).toMatchObject(wrong)
  const written = await db.execute(sql`select 1 from mails where recipient like 'eve@%'`)
  expect(written).toHaveLength(0)
})

test('a code is for the browser that asked, for its link, for five tries and for ten minutes; the latest alone counts', async () => {
  const link = await forDomains('example.org')
  const other = await forDomains('example.org')
  const [noa, thief] = [browserOn(link), browserOn(link)]
  await noa.ask('noa@example.org')
  const first = await codeTo('noa@example.org')
  expect((await thief.prove('noa@example.org', first)).json()).toMatchObject(wrong)
  await noa.ask('noa@example.org')
  const second = await codeTo('noa@example.org', 2)
  if (first !== second) expect((await noa.prove('noa@example.org', first)).json()).toMatchObject(wrong)
  expect((await browserOn(other, undefined, noa.cookies()).prove('noa@example.org', second)).json()).toMatchObject(wrong)
  const guesses = await Promise.all(Array.from({ length: 5 }, () => noa.prove('noa@example.org', otherThan(second))))
  for (const guess of guesses) expect(guess.json()).toMatchObject(wrong)
  expect((await noa.prove('noa@example.org', second)).json()).toMatchObject(wrong)
  await noa.ask('noa@example.org')
  const third = await codeTo('noa@example.org', 3)
  await db.execute(sql`update share_codes set expires_at = now()`)
  expect((await noa.prove('noa@example.org', third)).json()).toMatchObject(wrong)
  await forgetMails(db)
  expect(await db.select().from(schema.shareCodes)).toEqual([])
  expect((await noa.read()).statusCode).toBe(401)
})

test('who has the link cannot spoil the code of somebody else', async () => {
  const link = await forDomains('example.org')
  const [oda, stranger] = [browserOn(link, '198.51.100.20'), browserOn(link, '198.51.100.21')]
  await oda.ask('oda@example.org')
  const code = await codeTo('oda@example.org')
  await stranger.ask('oda@example.org')
  await codeTo('oda@example.org', 2)
  for (let count = 0; count < 6; count++) expect((await stranger.prove('oda@example.org', code)).json()).toMatchObject(wrong)
  expect((await oda.prove('oda@example.org', code)).json()).toMatchObject(inside)
})

test('an address is asked for again after a month, however often somebody comes', async () => {
  const link = await forDomains('example.org')
  const uma = browserOn(link, '198.51.100.22')
  await uma.ask('uma@example.org')
  expect((await uma.prove('uma@example.org', await codeTo('uma@example.org'))).json()).toMatchObject(inside)
  const dayMs = 24 * 3_600_000
  const start = Date.now()
  vi.useFakeTimers({ now: start + 29 * dayMs, toFake: ['Date'] })
  expect((await uma.open()).json()).toMatchObject(inside)
  vi.setSystemTime(start + 31 * dayMs)
  expect((await uma.open()).json()).toEqual({ needs: 'address', open: null })
  vi.useRealTimers()
})

test('a mailbox gets five codes an hour, and one network asks thirty times', async () => {
  const link = await forDomains('example.org')
  const browser = browserOn(link, '198.51.100.9')
  for (let count = 1; count <= 5; count++) {
    expect((await browser.ask('full@example.org')).statusCode).toBe(204)
    await vi.waitFor(() => expect(smtp.to('full@example.org')).toHaveLength(count))
  }
  for (let count = 0; count < 3; count++) expect((await browser.ask('full@example.org')).statusCode).toBe(204)
  // The last that was sent still opens the link.
  expect((await browser.prove('full@example.org', await codeTo('full@example.org', 5))).json()).toMatchObject(inside)
  const statuses: number[] = []
  for (let at = 0; at < 24; at++) statuses.push((await browserOn(link, '198.51.100.9').ask(`a${at}@example.net`)).statusCode)
  expect(statuses).toContain(429)
  expect(smtp.to('full@example.org')).toHaveLength(5)
})

test('with a password a link asks for that first, and for both', async () => {
  const link = await share(ada, id, { password: 'open sesame', emailDomains: ['example.org'] })
  const pam = browserOn(link)
  expect(await pam.state()).toMatchObject({ needs: 'password' })
  expect((await pam.ask('pam@example.org')).json()).toMatchObject({ type: '/problems/share-link-locked' })
  expect((await pam.open('open sesame')).json()).toEqual({ needs: 'address', open: null })
  expect((await pam.read()).statusCode).toBe(401)
  await pam.ask('pam@example.org')
  expect((await pam.prove('pam@example.org', await codeTo('pam@example.org'))).json()).toMatchObject(inside)
  expect((await pam.read()).statusCode).toBe(200)
})

test('another domain, and the end of a link, put out who was in, and let back in who still may', async () => {
  const link = await forDomains('example.org')
  const change = (emailDomains: string[]) =>
    as(ada).inject({ method: 'PATCH', url: `/api/share-links/${link.id}`, payload: { emailDomains } })
  const zoe = browserOn(link)
  await zoe.ask('zoe@example.org')
  await zoe.prove('zoe@example.org', await codeTo('zoe@example.org'))
  expect((await zoe.read()).statusCode).toBe(200)
  expect((await change(['example.com'])).json()).toMatchObject({ emailDomains: ['example.com'] })
  expect((await zoe.read()).json()).toMatchObject({ type: '/problems/share-link-locked' })
  expect(await zoe.state()).toEqual({ needs: 'address', open: null })
  await change(['example.com', 'example.org'])
  expect((await zoe.read()).statusCode).toBe(200)
  // A guest of a link that was for anybody has proved nothing.
  await change([])
  const anybody = await guest(link)
  await change(['example.org'])
  expect((await anybody.inject({ url: `/api/videos/${videoId}` })).statusCode).toBe(401)
  await revoke(ada, link)
  expect((await zoe.read()).statusCode).toBe(410)
})

test('who is signed in with a proved address at such a domain needs no code', async () => {
  const link = await forDomains('example.org')
  const open = async () => (await guest(link, { as: mallory })).opened.json()
  expect(await open()).toEqual({ needs: 'address', open: null })
  await db.update(schema.users).set({ emailVerified: true }).where(eq(schema.users.id, mallory.id))
  expect(await open()).toMatchObject({ needs: null, open: { member: false, guest: { name: 'Mallory' } } })
  expect((await guest(await forDomains('example.com'), { as: mallory })).opened.json()).toEqual({ needs: 'address', open: null })
})
