import { schema } from '@meanwhile/shared/db/client'
import { createLog } from '@meanwhile/shared/platform/log'
import { mailServerOf } from '@meanwhile/shared/platform/mail'
import { mailSiteOf } from '@meanwhile/shared/platform/mail-site'
import { confirmLapsed } from '@meanwhile/worker/interviews/confirm-lapsed'
import { eraseCandidates } from '@meanwhile/worker/interviews/erase-candidates'
import { remindCandidates } from '@meanwhile/worker/interviews/remind-candidates'
import { startMail } from '@meanwhile/worker/mail/start-mail'
import { eq } from 'drizzle-orm'
import { afterAll, expect, test, vi } from 'vitest'
import { startApp } from '../support/app.ts'
import { interviewsOn } from '../support/interview.ts'
import { pathIn, startSmtp } from '../support/smtp.ts'

const smtp = await startSmtp()
const { app, db, env, given, storage } = await startApp({ env: smtp.variables })
const { ask, done, position, candidate } = interviewsOn(app)
const { candidateInvitations, mails, sentLinks } = schema
const server = mailServerOf(env)
if (!server) throw new Error('no mail server')
const site = mailSiteOf(env)
const log = createLog('silent', 'test')
afterAll(startMail({ db, home: env, server, log, everyMs: 300, pauseMs: 200 }))

const ada = await given.person('Ada')
const ben = await given.person('Ben')
const positionId = await position(ada, undefined, 'Cook')
await done(ada, 'PATCH', `/api/positions/${positionId}`, { promiseDays: 5 })
await done(ada, 'PUT', `/api/positions/${positionId}/people/${ben.id}`, { role: 'reviewer' })

const hour = 3_600_000
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString()
const code = (answer: { json(): { type: string } }) => answer.json().type.replace('/problems/', '')
const invitations = `/api/positions/${positionId}/invitations`
const invite = async (draft: { email: string; deadlineAt?: string; language?: string }) => {
  const candidates = [{ name: 'Kim', ...draft }]
  const { items } = await done(ada, 'POST', invitations, { candidates, byMail: true })
  return { id: items[0].id as string, url: `${items[0].url}`, ...candidate(items[0]) }
}
type Invited = Awaited<ReturnType<typeof invite>>
const listed = async (person = ada) => (await ask(person, 'GET', invitations)).json().items
const mailsTo = (email: string) => db.select().from(mails).where(eq(mails.recipient, email))
/** Letters that were written so far, however far they are. */
const count = async (email: string) => (await mailsTo(email)).length
const remind = (ms: number) => remindCandidates(db, site, new Date(Date.now() + ms))

test('candidates get their link by mail where the team wishes it: who asks, until when, what is promised', async () => {
  const candidates = [
    { name: 'Kim', email: 'kim@example.org', deadlineAt: '2099-03-02T17:00:00.000Z' },
    { name: 'Lea', email: 'lea@example.org', language: 'de' },
    { name: 'Max' },
  ]
  const { items } = await done(ada, 'POST', invitations, { candidates, byMail: true })
  expect(items.map(({ letter }: { letter: unknown }) => letter !== null)).toEqual([true, true, false])
  const mail = await smtp.mailTo('kim@example.org')
  expect(mail.subject).toBe("Ada's workspace asks you: Cook")
  for (const said of ["Ada of Ada's workspace", 'Monday 2 March at 17:00 UTC', 'within 5 days', items[0].url])
    expect(mail.text).toContain(said)
  expect(mail.html).toContain(pathIn(mail))
  expect((await smtp.mailTo('lea@example.org')).subject).toBe("Ada's workspace fragt Sie: Cook")
  await vi.waitFor(async () => {
    const kim = (await listed()).find(({ id }: { id: string }) => id === items[0].id)
    expect(kim.letter).toMatchObject({ state: 'sent', failure: null })
  })
  const told = await listed(ben)
  expect(told.map(({ letter, email }: { letter: unknown; email: unknown }) => [letter, email])).toEqual([
    [null, null],
    [null, null],
    [null, null],
  ])
  // What was sent opens what is theirs: it is kept no longer.
  expect((await mailsTo('kim@example.org'))[0]).toMatchObject({ text: '', html: '', state: 'sent' })

  const [{ url, letter }] = (await done(ada, 'POST', invitations, { candidates: [{ name: 'Noa', email: 'noa@example.org' }] }))
    .items
  expect([letter, typeof url]).toEqual([null, 'string'])
  expect(await count('noa@example.org')).toBe(0)
})

test('the mails of a workspace say nothing of candidates, to no admin', async () => {
  await invite({ email: 'secret@example.org' })
  await smtp.mailTo('secret@example.org')
  expect((await ask(ada, 'GET', '/api/mails?limit=100')).body).not.toContain('secret@example.org')
})

test('an address that takes no mail is told to the owners', async () => {
  smtp.refuse('gone@example.org', { code: 550, message: 'No such user' })
  const { id } = await invite({ email: 'gone@example.org' })
  await vi.waitFor(async () => {
    const { invitation } = (await ask(ada, 'GET', `/api/candidate-invitations/${id}`)).json()
    expect(invitation.letter).toMatchObject({ state: 'failed', failure: expect.stringContaining('No such user') })
  })
})

test('nobody is flooded: three links an hour to one address, by whomever', async () => {
  for (let index = 0; index < 3; index++) await invite({ email: 'often@example.org' })
  const payload = { candidates: [{ name: 'Kim', email: 'often@example.org' }], byMail: true }
  expect(code(await ask(ada, 'POST', invitations, payload))).toBe('too-many-requests')
  expect((await ask(ada, 'POST', invitations, { ...payload, byMail: false })).statusCode).toBe(201)
  expect(await count('often@example.org')).toBe(3)
})

test('the limit holds in capital letters, within one request, and over erasure', async () => {
  const post = (...emails: string[]) =>
    ask(ada, 'POST', invitations, { candidates: emails.map((email) => ({ name: 'Kim', email })), byMail: true })
  const four = ['four', 'FOUR', 'Four', 'foUR'].map((name) => `${name}@example.org`)
  expect((await post(...four)).json()).toMatchObject({ status: 400, errors: [{ field: 'candidates.3.email' }] })
  expect((await post(...four.slice(0, 2))).statusCode).toBe(201)
  expect(code(await post(...four.slice(2)))).toBe('too-many-requests')
  for (let index = 0; index < 3; index++) {
    const { id } = await invite({ email: 'erased@example.org' })
    await done(ada, 'DELETE', `/api/candidate-invitations/${id}`)
  }
  expect(await count('erased@example.org')).toBe(0)
  expect(code(await post('erased@example.org'))).toBe('too-many-requests')
  expect(JSON.stringify(await db.select().from(sentLinks))).not.toContain('example.org')
})

test('two reminders before a deadline, each of them once, and again for another deadline', async () => {
  const kim = await invite({ email: 'kim2@example.org', deadlineAt: fromNow(72 * hour) })
  expect(await remind(23 * hour)).toBe(0)
  expect(await remind(25 * hour)).toBe(1)
  expect(await Promise.all([remind(25 * hour), remind(30 * hour)])).toEqual([0, 0])
  expect((await smtp.mailTo('kim2@example.org', 2)).text).toContain('one more reminder at most')
  const both = await Promise.all([remind(61 * hour), remind(61 * hour)])
  expect(both.sort()).toEqual([0, 1])
  const last = await smtp.mailTo('kim2@example.org', 3)
  expect(last.text).toContain('This is the last reminder')
  expect(last.text).toContain(kim.url)
  expect(await remind(73 * hour)).toBe(0)

  await db
    .update(mails)
    .set({ createdAt: new Date(Date.now() - 2 * hour) })
    .where(eq(mails.candidateId, kim.id))
  await done(ada, 'PATCH', `/api/candidate-invitations/${kim.id}`, { deadlineAt: fromNow(100 * hour) })
  expect((await smtp.mailTo('kim2@example.org', 4)).text).toContain('has changed until when you can answer')
  expect(await remind(53 * hour)).toBe(1)
  expect(await remind(89 * hour)).toBe(1)
  expect(await count('kim2@example.org')).toBe(6)
})

test('no reminder of a deadline that was near when it was set, nor of one that was missed', async () => {
  await invite({ email: 'near@example.org', deadlineAt: fromNow(40 * hour) })
  await invite({ email: 'nearer@example.org', deadlineAt: fromNow(6 * hour) })
  await invite({ email: 'never@example.org' })
  expect(await remind(hour)).toBe(0)
  expect(await remind(35 * hour)).toBe(1)
  await invite({ email: 'missed@example.org', deadlineAt: fromNow(72 * hour) })
  // Late in the day of a worker that was off: the last one alone.
  expect(await remind(65 * hour)).toBe(1)
  expect(await count('missed@example.org')).toBe(2)
  expect([await count('near@example.org'), await count('nearer@example.org'), await count('never@example.org')]).toEqual([
    2, 1, 1,
  ])
})

test('nobody is reminded who has handed in, was revoked, withdrew, or whose team turned it off', async () => {
  const deadlineAt = fromNow(72 * hour)
  const [kim, revoked, gone] = await Promise.all(
    ['in', 'out', 'left', 'off'].map((name) => invite({ email: `${name}@example.org`, deadlineAt })),
  )
  await kim!.consent()
  await kim!.write('how', 'Calmly')
  await kim!.say('POST', '/submit')
  await done(ada, 'PATCH', `/api/candidate-invitations/${revoked!.id}`, { isRevoked: true })
  expect((await gone!.say('DELETE', '')).statusCode).toBe(204)
  expect(await done(ada, 'PATCH', `/api/positions/${positionId}`, { remindsCandidates: false })).toMatchObject({
    remindsCandidates: false,
  })
  expect(await remind(25 * hour)).toBe(0)
  await done(ada, 'PATCH', `/api/positions/${positionId}`, { remindsCandidates: true })
  await remind(25 * hour)
  expect(await Promise.all(['in', 'out', 'left', 'off'].map((name) => count(`${name}@example.org`)))).toEqual([2, 1, 0, 2])
  await done(ada, 'PATCH', `/api/positions/${positionId}`, { isClosed: true })
  expect(await remind(61 * hour)).toBe(0)
  await done(ada, 'PATCH', `/api/positions/${positionId}`, { isClosed: false })
})

test('a letter when there is more time, or the link works again; none where nothing can be answered', async () => {
  const kim = await invite({ email: 'more@example.org', deadlineAt: fromNow(50 * hour) })
  const change = (body: object) => done(ada, 'PATCH', `/api/candidate-invitations/${kim.id}`, body)
  await change({ deadlineAt: '2099-01-01T12:00:00.000Z' })
  expect((await smtp.mailTo('more@example.org', 2)).text).toContain('Thursday 1 January at 12:00')
  await change({ extraTimePercent: 50 })
  await change({ deadlineAt: '2099-01-01T12:00:00.000Z' })
  await change({ deadlineAt: fromNow(-hour) })
  await change({ isRevoked: true })
  await change({ deadlineAt: null })
  expect(await count('more@example.org')).toBe(2)
  await change({ isRevoked: false })
  expect((await smtp.mailTo('more@example.org', 3)).text).toContain('works again')
})

test('a deadline that moves again and again is told three times an hour at most, and never beside an earlier one that waits', async () => {
  smtp.refuse('moved@example.org', { code: 451, message: 'Come back later' })
  const kim = await invite({ email: 'moved@example.org', deadlineAt: fromNow(50 * hour) })
  const move = (hours: number) =>
    done(ada, 'PATCH', `/api/candidate-invitations/${kim.id}`, { deadlineAt: fromNow(hours * hour) })
  for (const hours of [60, 70, 80, 90, 100]) await move(hours)
  const told = (await mailsTo('moved@example.org')).filter(({ kind }) => kind === 'candidate-deadline')
  expect(told.length).toBeLessThanOrEqual(3)
  expect(told.filter(({ state }) => state === 'waiting').length).toBeLessThanOrEqual(1)
  smtp.refuse('moved@example.org', null)
  const lou = await invite({ email: 'moved2@example.org' })
  for (let sent = 1; sent < 5; sent++) {
    await smtp.mailTo('moved2@example.org', Math.min(sent, 3))
    await done(ada, 'PATCH', `/api/candidate-invitations/${lou.id}`, { deadlineAt: fromNow(sent * 50 * hour) })
  }
  expect(await count('moved2@example.org')).toBe(3)
})

test('a receipt says what happens now and the way to see, download and delete, in the language of the page', async () => {
  const kim = await invite({ email: 'receipt@example.org' })
  const version = (await kim.page()).consentVersion
  await kim.say('POST', '/consent', { version, language: 'es', timeZone: 'Europe/Madrid' })
  await kim.write('how', 'Calmly')
  await kim.say('POST', '/submit')
  await kim.say('POST', '/submit')
  const mail = await smtp.mailTo('receipt@example.org', 2)
  expect(mail.subject).toContain('Sus respuestas han llegado')
  expect(mail.text).toMatch(/ver, descargar y borrar/)
  expect(mail.text).toMatch(/CET|CEST/)
  expect(mail.text).toContain(kim.url)
  expect(await count('receipt@example.org')).toBe(2)
})

test('a receipt also where the deadline alone hands in, once for it, and not once more for handing in after that', async () => {
  const confirm = () => confirmLapsed(db, site, new Date())
  const soon = { deadlineAt: fromNow(50 * hour) }
  const invite4 = ['late', 'silent', 'early', 'out'].map((name) => invite({ email: `${name}@lapsed.example.org`, ...soon }))
  const [late, silent, early, out] = (await Promise.all(invite4)) as [Invited, Invited, Invited, Invited]
  for (const each of [late, silent, early, out]) await each.consent()
  for (const each of [late, early, out]) await each.write('how', 'Calmly')
  await early.say('POST', '/submit')
  expect(await confirm()).toBe(0)
  const ends = (each: Invited, deadlineAt: string) => done(ada, 'PATCH', `/api/candidate-invitations/${each.id}`, { deadlineAt })
  for (const each of [late, silent, early, out]) await ends(each, fromNow(-60_000))
  await done(ada, 'PATCH', `/api/candidate-invitations/${out.id}`, { isRevoked: true })
  // As two workers at once, and again.
  expect((await Promise.all([confirm(), confirm()])).sort()).toEqual([0, 1])
  expect(await confirm()).toBe(0)
  const mail = await smtp.mailTo('late@lapsed.example.org', 2)
  expect(mail.subject).toContain('Your answers have arrived')
  expect(mail.text).toMatch(/What you had answered by then counts/)
  expect(mail.text).toContain(late.url)
  expect((await late.say('POST', '/submit')).json()).toMatchObject({ state: 'submitted', submittedAt: expect.any(String) })
  expect(await confirm()).toBe(0)
  const told = ['late', 'silent', 'early', 'out'].map((name) => count(`${name}@lapsed.example.org`))
  expect(await Promise.all(told)).toEqual([2, 1, 2, 1])

  const long = await invite({ email: 'long@lapsed.example.org', ...soon })
  await long.consent()
  await long.write('how', 'Calmly')
  await ends(long, fromNow(-8 * 24 * hour))
  expect(await confirm()).toBe(0)
})

test('a language is kept once somebody has consented; a zone that nobody knows keeps nobody from it', async () => {
  const kim = await invite({ email: 'words@example.org', language: 'de' })
  const language = async () =>
    (await db.select().from(candidateInvitations).where(eq(candidateInvitations.id, kim.id)))[0]?.language
  expect((await kim.say('PUT', '/language', { language: 'es' })).statusCode).toBe(204)
  expect(await language()).toBe('de')
  const version = (await kim.page()).consentVersion
  expect((await kim.say('POST', '/consent', { version, timeZone: 'Moon/Crater' })).statusCode).toBe(200)
  await kim.say('PUT', '/language', { language: 'es' })
  expect(await language()).toBe('es')
})

test('nothing in the outbox is left of who was erased, by whomever; what waits is not sent', async () => {
  for (const name of ['theirs', 'team', 'time']) smtp.refuse(`${name}@example.org`, { code: 451, message: 'Come back later' })
  const theirs = await invite({ email: 'theirs@example.org' })
  const team = await invite({ email: 'team@example.org' })
  await theirs.say('DELETE', '')
  await done(ada, 'DELETE', `/api/candidate-invitations/${team.id}`)
  const otherId = await position(ada)
  const candidates = [{ name: 'Kim', email: 'time@example.org' }]
  await done(ada, 'POST', `/api/positions/${otherId}/invitations`, { candidates, byMail: true })
  await done(ada, 'PATCH', `/api/positions/${otherId}`, { isClosed: true, deleteAfterDays: 1 })
  expect(await count('time@example.org')).toBe(1)
  await eraseCandidates({ db, storage, log }, new Date(Date.now() + 48 * hour))
  expect(await Promise.all(['theirs', 'team', 'time'].map((name) => count(`${name}@example.org`)))).toEqual([0, 0, 0])
  for (const name of ['theirs', 'team', 'time']) smtp.refuse(`${name}@example.org`, null)
  await new Promise((resolve) => setTimeout(resolve, 800))
  for (const name of ['theirs', 'team', 'time']) expect(smtp.to(`${name}@example.org`)).toEqual([])
})
