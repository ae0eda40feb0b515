import { seal } from '@meanwhile/server/two-factor/seal'
import { schema } from '@meanwhile/shared/db/client'
import { desc, eq, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { expect, test, vi } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'

// Mails are written, and never arrive.
const { app, as, db, given, password } = await startApp({
  env: { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'meanwhile@example.org' },
})
const owner = await given.person('Olga')
const { auditEvents, mails, recoveryCodes, sessions, twoFactors, users, verifications } = schema

let addresses = 0
/** Each from an address of its own, so that limits of addresses stay out of it. */
const anywhere = () => `198.51.${Math.floor(++addresses / 250)}.${addresses % 250}`
const post = (who: Person | null, url: string, payload: object = {}) =>
  as(who).inject({ method: 'POST', url, payload, remoteAddress: anywhere() })

const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate()
/** As if the phone showed the next code. */
const letStepsPass = ({ id }: Person) => db.update(twoFactors).set({ lastStep: 0 }).where(eq(twoFactors.userId, id))

type Enrolled = Person & { secret: string; recoveryCodes: string[] }
async function enrolled(name: string): Promise<Enrolled> {
  const person = await given.person(name)
  const { secret } = (await post(person, '/api/me/two-factor', { password })).json()
  const confirmed = await post(person, '/api/me/two-factor/confirmation', { code: codeOf(secret) })
  expect(confirmed.statusCode).toBe(200)
  await letStepsPass(person)
  return { ...person, secret, recoveryCodes: confirmed.json().recoveryCodes }
}

type Answer = Awaited<ReturnType<typeof post>>
const cookieOf = (answer: Answer) => answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
const withPassword = (email: string, secret = password) => post(null, '/api/auth/sign-in/email', { email, password: secret })
const secondStep = (cookie: string, code: string) =>
  app.inject({ method: 'POST', url: '/api/auth/two-factor', payload: { code }, headers: { cookie }, remoteAddress: anywhere() })
/** The first step, and what it leaves in the browser. */
async function halfIn({ email }: Person, secret = password): Promise<string> {
  const answer = await withPassword(email, secret)
  expect(answer.json()).toMatchObject({ type: '/problems/two-factor-needed', status: 401 })
  expect(answer.cookies.map(({ name }) => name)).toEqual(['meanwhile.two-factor'])
  return cookieOf(answer)
}
const isIn = async (cookie: string) => (await app.inject({ url: '/api/me', headers: { cookie } })).statusCode === 200
const actionsOf = async ({ id }: Person) =>
  (await db.select().from(auditEvents).where(eq(auditEvents.targetId, id))).map(({ action }) => action)
const mailsTo = async ({ email }: Person) =>
  (await db.select().from(mails).where(eq(mails.recipient, email)).orderBy(desc(mails.createdAt))).map(({ text }) => text)
async function linkBy(url: string, { email }: Person): Promise<string> {
  const before = (await mailsTo({ email } as Person)).length
  expect((await post(null, url, { email })).statusCode).toBe(204)
  await vi.waitUntil(async () => (await mailsTo({ email } as Person)).length > before)
  return /\/(?:reset|enter)\/([\w-]+)/.exec((await mailsTo({ email } as Person))[0] ?? '')?.[1] ?? ''
}

test('it is turned on by the password and a first code, once; the other sessions end, and its person is told', async () => {
  const ada = await given.person('Ada')
  const other = cookieOf(await withPassword(ada.email))
  expect(await isIn(other)).toBe(true)
  const read = async () => (await as(ada).inject({ url: '/api/me/two-factor' })).json()
  expect(await read()).toEqual({ since: null, recoveryCodes: 0 })
  expect((await post(ada, '/api/me/two-factor/confirmation', { code: '123456' })).json().type).toBe('/problems/two-factor-over')
  expect((await post(ada, '/api/me/two-factor', { password: 'a guess' })).json().type).toBe('/problems/wrong-password')

  const first = (await post(ada, '/api/me/two-factor', { password })).json()
  const { secret, uri } = (await post(ada, '/api/me/two-factor', { password })).json()
  expect(secret).not.toBe(first.secret)
  expect(uri).toContain(`secret=${secret}`)
  // Until a code shows that the app has it nothing is asked for.
  expect((await withPassword(ada.email)).statusCode).toBe(200)
  expect((await post(ada, '/api/me/two-factor/confirmation', { code: codeOf(first.secret) })).json()).toMatchObject({
    type: '/problems/two-factor-code-wrong',
    errors: [{ field: 'code' }],
  })
  const confirmed = await post(ada, '/api/me/two-factor/confirmation', { code: codeOf(secret) })
  expect(new Set(confirmed.json().recoveryCodes).size).toBe(10)
  expect(await read()).toEqual({ since: expect.any(String), recoveryCodes: 10 })
  expect(await isIn(ada.cookie)).toBe(true)
  expect(await isIn(other)).toBe(false)
  expect((await post(ada, '/api/me/two-factor', { password })).json().type).toBe('/problems/two-factor-on')
  expect((await post(ada, '/api/me/two-factor/confirmation', { code: codeOf(secret) })).json().type).toBe(
    '/problems/two-factor-on',
  )
  expect(await actionsOf(ada)).toContain('account.two-factor-on')
  expect((await mailsTo(ada))[0]).toContain('Two-factor was turned on')

  // What is kept is neither the secret nor a code.
  const kept = JSON.stringify([await db.select().from(twoFactors), await db.select().from(recoveryCodes)])
  for (const each of [secret, ...confirmed.json().recoveryCodes]) expect(kept).not.toContain(each)
})

test('one that was begun long ago is not turned on any more', async () => {
  const una = await given.person('Una')
  const { secret } = (await post(una, '/api/me/two-factor', { password })).json()
  await db.update(twoFactors).set({ createdAt: sql`now() - interval '61 minutes'` }).where(eq(twoFactors.userId, una.id))
  expect((await post(una, '/api/me/two-factor/confirmation', { code: codeOf(secret) })).json().type).toBe(
    '/problems/two-factor-over',
  )
})

test('after the password there is no session, and nothing to be had, before the code', async () => {
  const ben = await enrolled('Ben')
  const before = await db.$count(sessions, eq(sessions.userId, ben.id))
  expect((await withPassword(ben.email, 'a guess')).json().type).toBe('/problems/wrong-credentials')
  const half = await halfIn(ben)
  expect(await db.$count(sessions, eq(sessions.userId, ben.id))).toBe(before)
  const paths = Object.entries(app.swagger().paths ?? {}) as [string, Record<string, unknown>][]
  let asked = 0
  for (const [path, methods] of paths) {
    if (!('get' in methods) || path.includes('{') || path === '/api/auth/oidc/callback' || path === '/api/events') continue
    const [asHalf, asNobody] = await Promise.all([
      app.inject({ url: path, headers: { cookie: half }, remoteAddress: anywhere() }),
      app.inject({ url: path, remoteAddress: anywhere() }),
    ])
    expect([path, asHalf.statusCode], path).toEqual([path, asNobody.statusCode])
    asked++
  }
  expect(asked).toBeGreaterThan(20)
  // Nor is it a proof of anything else.
  for (const cookie of ['', 'meanwhile.two-factor=', 'meanwhile.two-factor=guessed', ben.cookie])
    expect((await secondStep(cookie, codeOf(ben.secret))).json().type).toBe('/problems/two-factor-over')

  const entered = await secondStep(half, codeOf(ben.secret))
  expect(entered.json()).toEqual({ user: { id: ben.id, name: 'Ben', email: ben.email } })
  expect(await isIn(cookieOf(entered))).toBe(true)
  expect(await actionsOf(ben)).toEqual(expect.arrayContaining(['account.code-asked', 'account.signed-in']))
})

test('a code is taken once, and so is the first step', async () => {
  const cleo = await enrolled('Cleo')
  const [one, two] = [await halfIn(cleo), await halfIn(cleo)]
  const code = codeOf(cleo.secret)
  const answers = await Promise.all([secondStep(one, code), secondStep(two, code)])
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403])
  expect((await secondStep(await halfIn(cleo), code)).json().type).toBe('/problems/two-factor-code-wrong')
  await letStepsPass(cleo)
  const used = answers[0]?.statusCode === 200 ? one : two
  expect((await secondStep(used, codeOf(cleo.secret))).json().type).toBe('/problems/two-factor-over')
})

test('the first step is over after ten minutes, and with another password', async () => {
  const dora = await enrolled('Dora')
  const half = await halfIn(dora)
  await db.update(verifications).set({ expiresAt: sql`now()` }).where(eq(verifications.value, dora.id))
  expect((await secondStep(half, codeOf(dora.secret))).json().type).toBe('/problems/two-factor-over')
  const again = await halfIn(dora)
  const change = { method: 'PUT', url: '/api/me/password', payload: { current: password, password: 'another password' } } as const
  expect((await as(dora).inject(change)).statusCode).toBe(204)
  expect((await secondStep(again, codeOf(dora.secret))).json().type).toBe('/problems/two-factor-over')
})

test('after five wrong codes each takes longer to wait for, whoever tries and wherever, also for the right one (R23)', async () => {
  const eve = await enrolled('Eve')
  const half = await halfIn(eve)
  for (let index = 0; index < 5; index++)
    expect((await secondStep(half, `00000${index}`)).json().type).toBe('/problems/two-factor-code-wrong')
  expect((await secondStep(await halfIn(eve), codeOf(eve.secret))).json()).toMatchObject({
    type: '/problems/too-many-requests',
    detail: expect.stringContaining('Wait a minute'),
  })
  expect((await secondStep(half, eve.recoveryCodes[0] ?? '')).statusCode).toBe(429)
  const failedAgo = (minutes: number) =>
    db
      .update(twoFactors)
      .set({ failedAt: sql`now() - make_interval(mins => ${minutes})` })
      .where(eq(twoFactors.userId, eve.id))
  await failedAgo(1)
  expect((await secondStep(half, '000000')).statusCode).toBe(403)
  await failedAgo(1)
  expect((await secondStep(half, codeOf(eve.secret))).statusCode).toBe(429)
  await failedAgo(2)
  expect((await secondStep(half, codeOf(eve.secret))).statusCode).toBe(200)
  expect(await db.select().from(twoFactors).where(eq(twoFactors.userId, eve.id))).toMatchObject([{ failures: 0 }])
  expect((await actionsOf(eve)).filter((action) => action === 'account.two-factor-failed')).toHaveLength(6)
})

test('wrong codes from one network are refused after a hundred, for whatever accounts (R23)', async () => {
  const gil = await enrolled('Gil')
  for (let index = 0; index < 100; index++) app.signInLimits.beginCode('203.0.113.7')
  const half = await halfIn(gil)
  const payload = { code: codeOf(gil.secret) }
  const url = '/api/auth/two-factor'
  const from = (remoteAddress: string) => app.inject({ method: 'POST', url, payload, headers: { cookie: half }, remoteAddress })
  expect((await from('203.0.113.7')).statusCode).toBe(429)
  expect((await from('203.0.113.8')).statusCode).toBe(200)
})

test('a recovery code takes the place of one of the app, once; its person is told how many are left', async () => {
  const hal = await enrolled('Hal')
  const [code = '', next = ''] = hal.recoveryCodes
  expect((await secondStep(await halfIn(hal), ` ${code.toUpperCase().replaceAll('-', ' ')} `)).statusCode).toBe(200)
  expect((await secondStep(await halfIn(hal), code)).json().type).toBe('/problems/two-factor-code-wrong')
  expect(await actionsOf(hal)).toContain('account.recovery-code-used')
  expect((await mailsTo(hal))[0]).toContain('9 are left')

  // Those of others are of no use.
  const ida = await enrolled('Ida')
  expect((await secondStep(await halfIn(ida), next)).statusCode).toBe(403)

  const renew = (code: string, secret = password) => post(hal, '/api/me/two-factor/recovery-codes', { password: secret, code })
  expect((await renew(codeOf(hal.secret), 'a guess')).json().type).toBe('/problems/wrong-password')
  expect((await renew('000000')).json().type).toBe('/problems/two-factor-code-wrong')
  const renewed = await renew(codeOf(hal.secret))
  expect(renewed.json().recoveryCodes).toHaveLength(10)
  expect((await secondStep(await halfIn(hal), next)).statusCode).toBe(403)
  expect((await secondStep(await halfIn(hal), renewed.json().recoveryCodes[9])).statusCode).toBe(200)
})

test('with another secret of the server codes of the app count no more, and are told apart from wrong ones', async () => {
  const jim = await enrolled('Jim')
  await db
    .update(twoFactors)
    .set({ secret: seal('another secret', jim.id, jim.secret) })
    .where(eq(twoFactors.userId, jim.id))
  const half = await halfIn(jim)
  for (let count = 0; count < 6; count++)
    expect((await secondStep(half, codeOf(jim.secret))).json().detail).toMatch(
      /secret of this server was replaced.*recovery code/,
    )
  expect((await secondStep(half, jim.recoveryCodes[0] ?? '')).statusCode).toBe(200)
})

test('a link by mail and a new password by a link both lead to the second step, and leave it as it is', async () => {
  const jo = await enrolled('Jo')
  const link = await linkBy('/api/auth/sign-in/link', jo)
  const byLink = await post(null, `/api/auth/sign-in/link/${link}`)
  expect(byLink.json().type).toBe('/problems/two-factor-needed')
  // Who only reads the mail ends nothing that was set up.
  expect(await isIn(jo.cookie)).toBe(true)
  expect(await db.select().from(users).where(eq(users.id, jo.id))).toMatchObject([{ emailVerified: false }])
  expect((await post(null, `/api/auth/sign-in/link/${link}`)).json().type).toBe('/problems/sign-in-link-invalid')
  const entered = await secondStep(cookieOf(byLink), codeOf(jo.secret))
  expect(await isIn(cookieOf(entered))).toBe(true)
  expect(await isIn(jo.cookie)).toBe(false)
  expect(await db.select().from(users).where(eq(users.id, jo.id))).toMatchObject([{ emailVerified: true }])

  const reset = `/api/password-resets/${await linkBy('/api/password-resets', jo)}`
  expect((await post(null, reset, { password: 'another password' })).statusCode).toBe(204)
  await letStepsPass(jo)
  expect((await secondStep(await halfIn(jo, 'another password'), codeOf(jo.secret))).statusCode).toBe(200)
})

test('it is turned off by the password and a code', async () => {
  const kim = await enrolled('Kim')
  const remove = (who: Person, payload: object) => post(who, '/api/me/two-factor/removal', payload)
  expect((await remove(kim, { password: '', code: codeOf(kim.secret) })).json().type).toBe('/problems/wrong-password')
  expect((await remove(kim, { password, code: '000000' })).json().type).toBe('/problems/two-factor-code-wrong')
  expect((await remove(kim, { password, code: codeOf(kim.secret) })).statusCode).toBe(204)
  expect((await remove(kim, { password, code: codeOf(kim.secret) })).json().type).toBe('/problems/two-factor-off')
  expect((await withPassword(kim.email)).statusCode).toBe(200)
  expect(await actionsOf(kim)).toContain('account.two-factor-off')
  expect((await mailsTo(kim))[0]).toContain('turned off')
  expect(await db.$count(recoveryCodes, eq(recoveryCodes.userId, kim.id))).toBe(0)
})

test('an admin turns it off for who has lost the phone, and only who may give them a new password does', async () => {
  const lea = await enrolled('Lea')
  const max = await given.person('Max')
  const end = (who: Person, { id }: Person) => as(who).inject({ method: 'DELETE', url: `/api/members/${id}/two-factor` })
  const seenBy = async (who: Person) =>
    (await as(who).inject({ url: '/api/members' })).json().find(({ id }: Person) => id === lea.id).hasTwoFactor
  expect([await seenBy(owner), await seenBy(max)]).toEqual([true, undefined])
  expect((await end(max, lea)).statusCode).toBe(403)
  const half = await halfIn(lea)
  expect((await end(owner, lea)).statusCode).toBe(204)
  expect((await secondStep(half, codeOf(lea.secret))).json().type).toBe('/problems/two-factor-over')
  expect((await withPassword(lea.email)).statusCode).toBe(200)
  expect(await seenBy(owner)).toBe(false)
  expect(await db.select().from(auditEvents).where(eq(auditEvents.action, 'member.two-factor-off'))).toMatchObject([
    { actorId: owner.id, targetId: lea.id },
  ])
  expect((await mailsTo(lea))[0]).toContain('Olga turned off two-factor for you')
  expect((await end(owner, lea)).statusCode).toBe(204)
  expect(await db.$count(auditEvents, eq(auditEvents.action, 'member.two-factor-off'))).toBe(1)
  expect((await end(owner, owner)).statusCode).toBe(403)
  expect((await end(owner, await given.stranger('Mallory'))).statusCode).toBe(404)
})

test('a passkey has two factors of its own: it is asked for with the lock of the device', async () => {
  const options = (await post(null, '/api/auth/sign-in/passkey/options')).json()
  expect(options.userVerification).toBe('required')
})

test('with the account goes what it was locked with', async () => {
  const ned = await enrolled('Ned')
  const erased = await post(ned, '/api/me/erasure', { password, confirmation: 'delete' })
  expect(erased.statusCode).toBe(204)
  expect(await db.$count(twoFactors, eq(twoFactors.userId, ned.id))).toBe(0)
  expect(await db.$count(recoveryCodes, eq(recoveryCodes.userId, ned.id))).toBe(0)
})
