import { schema } from '@meanwhile/shared/db/client'
import { createLog } from '@meanwhile/shared/platform/log'
import { mailServerOf } from '@meanwhile/shared/platform/mail'
import { startMail } from '@meanwhile/worker/mail/start-mail'
import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { interviewsOn } from '../support/interview.ts'
import { pathIn, startSmtp } from '../support/smtp.ts'

const smtp = await startSmtp()
const { app, db, env, given } = await startApp({ env: { ...smtp.variables, TRUSTED_PROXIES: '127.0.0.1' } })
const { ask, done, position, invited, candidate } = interviewsOn(app)
const { candidateInvitations } = schema
const server = mailServerOf(env)
if (!server) throw new Error('no mail server')
afterAll(startMail({ db, home: env, server, log: createLog('silent', 'test'), everyMs: 300, pauseMs: 200 }))
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const code = (answer: { json(): { type: string } }) => answer.json().type.replace('/problems/', '')

let network = 0
/** Each from a network of their own, unless it is named. */
const asked = (method: 'GET' | 'POST', url: string, payload?: object, from = `203.0.113.${++network}`) =>
  app.inject({ method, url, headers: { 'x-forwarded-for': from }, ...(payload && { payload }) })
/** A position with an open link. */
async function opened(rules: object = {}, owner = ada) {
  const positionId = await position(owner, undefined, 'Cook')
  const { link } = await done(owner, 'PUT', `/api/positions/${positionId}/open-link`, rules)
  const token = `${link.url}`.split('/i/open/')[1] ?? ''
  const come = (email: string, more: object = {}, from?: string) =>
    asked('POST', `/api/open-links/${token}/candidates`, { name: 'Kim', email, ...more }, from)
  return {
    positionId,
    link,
    token,
    come,
    look: () => asked('GET', `/api/open-links/${token}`),
    change: async (body: object) => (await done(owner, 'PUT', `/api/positions/${positionId}/open-link`, body)).link,
    all: () => db.select().from(candidateInvitations).where(eq(candidateInvitations.positionId, positionId)),
  }
}

test('who opens the link of an advert reads who asks, how long it takes and who sees it; looking notes nothing', async () => {
  const { look, all, link } = await opened()
  expect(link).toMatchObject({ maxCandidates: 50, closesAt: null, candidates: 0 })
  for (let looks = 0; looks < 3; looks++) await look()
  expect((await look()).json()).toMatchObject({
    workspace: "Ada's workspace",
    position: 'Cook',
    state: 'open',
    questionCount: 2,
    seenBy: ['Ada'],
    deleteAfterDays: 30,
    sendsMail: true,
  })
  expect(await all()).toEqual([])
})

test('a visitor becomes a candidate with a link of their own, which is sent to them alone; the team sees how they came', async () => {
  const { come, positionId } = await opened()
  const came = await come('kim@example.org', { language: 'de' })
  expect([came.statusCode, came.json()]).toEqual([201, { url: null }])
  const mail = await smtp.mailTo('kim@example.org')
  const kim = candidate({ url: pathIn(mail) })
  expect(await kim.page()).toMatchObject({ state: 'invited', name: 'Kim', position: 'Cook', consentedAt: null })
  await kim.consent()
  expect((await kim.write('how', 'Calmly')).statusCode).toBe(200)
  expect(mail.subject).toContain('fragt Sie')
  await invited(ada, positionId, { name: 'Lou' })
  const { items } = (await ask(ada, 'GET', `/api/positions/${positionId}/invitations`)).json()
  const how = items.map((each: { name: string; isByOpenLink: boolean }) => [each.name, each.isByOpenLink])
  expect(Object.fromEntries(how)).toEqual({ Kim: true, Lou: false })
})

test('an address comes once, in any case: its link is sent to it again; who says it is told the same each time', async () => {
  const { come, all, change } = await opened()
  const [first, again] = [await come('lea@example.org'), await come('LEA@example.org', { name: 'Eve' })]
  expect([first.statusCode, again.statusCode, first.body, again.body]).toEqual([201, 201, '{"url":null}', '{"url":null}'])
  expect((await all()).map(({ name }) => name)).toEqual(['Kim'])
  expect((await smtp.mailTo('lea@example.org', 2)).text).toContain('/i/')
  const both = await Promise.all(['max@example.org', 'max@example.org'].map((email) => come(email)))
  expect(both.map(({ body }) => body)).toEqual(Array(2).fill('{"url":null}'))
  expect(await all()).toHaveLength(2)
  await change({ maxCandidates: 2 })
  expect((await Promise.all(['lea', 'new'].map((name) => come(`${name}@example.org`)))).map(code)).toEqual(
    Array(2).fill('open-link-full'),
  )
})

test('who was invited without mail gets their link by mail once they ask, and no more than three times an hour', async () => {
  const { come, positionId, all } = await opened()
  const [invitation] = await invited(ada, positionId, { name: 'Zoe', email: 'Zoe@example.org' })
  for (let asking = 0; asking < 5; asking++) expect((await come('zoe@example.org')).json()).toEqual({ url: null })
  const mail = await smtp.mailTo('Zoe@example.org', 3)
  expect(mail.text).toContain(invitation!.url)
  expect(mail.text).toContain('Hello Zoe.')
  expect(await all()).toMatchObject([{ name: 'Zoe', byMail: true }])
  const sent = await db.select().from(schema.mails).where(eq(schema.mails.candidateId, invitation!.id))
  expect(sent).toHaveLength(3)
})

test('a letter to an address that nobody has proved says nothing that a stranger wrote', async () => {
  const { come } = await opened()
  await come('un@example.org', { name: 'Win 1000 at evil.example' })
  const mail = await smtp.mailTo('un@example.org')
  expect(`${mail.subject} ${mail.text} ${mail.html}`).not.toContain('evil.example')
  expect(mail.text).toContain('Hello.')
})

test('who fills in what people do not see is told what all are told, and is no candidate', async () => {
  const { come, all } = await opened()
  const bot = await come('bot@example.org', { website: 'https://example.org' })
  expect([bot.statusCode, bot.json()]).toEqual([201, { url: null }])
  expect(await all()).toEqual([])
  for (const body of [{ name: '' }, { email: 'no address' }]) expect((await come('a@example.org', body)).statusCode).toBe(400)
})

test('as many come as may, also at once; then it is full until more may', async () => {
  const { come, look, change, all } = await opened({ maxCandidates: 2 })
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => come(`${name}@example.org`)))
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 201, 409, 409])
  expect(await all()).toHaveLength(2)
  expect((await look()).json()).toMatchObject({ state: 'full' })
  expect(await change({ maxCandidates: 3 })).toMatchObject({ candidates: 2, maxCandidates: 3 })
  expect((await come('e@example.org')).statusCode).toBe(201)
  expect(code(await come('f@example.org'))).toBe('open-link-full')
  expect(
    (await ask(ada, 'PUT', `/api/positions/${(await opened()).positionId}/open-link`, { maxCandidates: 501 })).statusCode,
  ).toBe(400)
})

test('a link that was revoked or renewed leads nowhere, one that is closed says so; who came goes on', async () => {
  const { come, look, change, positionId, token, link } = await opened()
  await come('kim@example.com')
  const kim = candidate({ url: pathIn(await smtp.mailTo('kim@example.com')) })
  const renewed = await change({ renew: true })
  expect(renewed.url).not.toBe(link.url)
  expect(renewed.candidates).toBe(0)
  expect((await look()).statusCode).toBe(404)
  expect((await come('lou@example.com')).statusCode).toBe(404)
  const next = `/api/open-links/${`${renewed.url}`.split('/i/open/')[1]}`
  expect((await asked('GET', next)).json()).toMatchObject({ state: 'open' })
  await done(ada, 'PATCH', `/api/positions/${positionId}`, { isClosed: true })
  expect((await asked('GET', next)).json()).toMatchObject({ state: 'over' })
  expect(code(await asked('POST', `${next}/candidates`, { name: 'Kim', email: 'max@example.com' }))).toBe('open-link-over')
  await done(ada, 'PATCH', `/api/positions/${positionId}`, { isClosed: false })
  await change({ closesAt: new Date(Date.now() + 300).toISOString() })
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect((await asked('GET', next)).json()).toMatchObject({ state: 'over' })
  await done(ada, 'DELETE', `/api/positions/${positionId}/open-link`)
  expect((await asked('GET', next)).statusCode).toBe(404)
  expect(await kim.page()).toMatchObject({ name: 'Kim' })
  // The token of an invitation is none of an open link, nor the other way round.
  expect((await asked('GET', `/api/open-links/${kim.token}`)).statusCode).toBe(404)
  expect((await candidate({ url: `x/i/${token}` }).say('GET', '')).statusCode).toBe(404)
})

test('programs are told to wait: those of one network, and many of one link', async () => {
  const { come, positionId } = await opened({ maxCandidates: 500 })
  const answers = []
  for (let index = 0; index < 42; index++) answers.push(await come(`many-${index}@example.net`, {}, '198.51.100.7'))
  expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(2)
  const interviewId = (await db.select().from(candidateInvitations).where(eq(candidateInvitations.positionId, positionId)))[0]!
    .interviewId
  const others = Array.from({ length: 60 }, () => ({ positionId, interviewId, name: 'Kim', isByOpenLink: true }))
  await db.insert(candidateInvitations).values(others)
  expect(code(await come('last@example.net'))).toBe('too-many-requests')
})

test('only owners of the position make it, see it and end it', async () => {
  const { positionId } = await opened()
  await done(ada, 'PUT', `/api/positions/${positionId}/people/${ben.id}`, { role: 'reviewer' })
  for (const method of ['GET', 'PUT', 'DELETE'] as const)
    expect(code(await ask(ben, method, `/api/positions/${positionId}/open-link`, method === 'PUT' ? {} : undefined))).toBe(
      'forbidden',
    )
})
