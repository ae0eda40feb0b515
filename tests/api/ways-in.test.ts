import { schema } from '@meanwhile/shared/db/client'
import { and, desc, eq, sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'

// No worker sends the mails: what is in them is read where they wait.
const mail = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'Meanwhile <meanwhile@example.org>' }
const { app, as, db, given, signUp, password } = await startApp({ env: { ...mail, SIGNUP: 'open' } })
const owner = await given.person('Olga')
const { accounts, apiTokens, mails, passkeys, sessions, users } = schema

const post = (who: Person | null, url: string, payload: object = {}) => as(who).inject({ method: 'POST', url, payload })
const enter = async (email: string, secret: string) =>
  (await post(null, '/api/auth/sign-in/email', { email, password: secret })).statusCode
const isIn = async (cookie: string) => (await app.inject({ url: '/api/me', headers: { cookie } })).statusCode === 200
const setPassword = (who: Person, current: string, next: string) =>
  as(who).inject({ method: 'PUT', url: '/api/me/password', payload: { current, password: next } })
const draft = { name: 'Script', scopes: ['read'], expiresInDays: null }

/** Everything that opens an account beside its password. @returns an API token */
async function addWaysIn(person: Person): Promise<string> {
  const key = { name: 'Laptop', credentialId: `key of ${person.id}`, publicKey: 'key', counter: 0 }
  await db.insert(passkeys).values({ ...key, userId: person.id })
  await db.insert(accounts).values({ userId: person.id, accountId: person.id, providerId: 'oidc:https://id.example.org' })
  return (await post(person, '/api/me/tokens', draft)).json().token
}
const countWaysIn = async ({ id }: Person) => ({
  passkeys: await db.$count(passkeys, eq(passkeys.userId, id)),
  providers: await db.$count(accounts, and(eq(accounts.userId, id), sql`provider_id <> 'credential'`)),
  tokens: await db.$count(apiTokens, eq(apiTokens.userId, id)),
})
const none = { passkeys: 0, providers: 0, tokens: 0 }

/** The token of the link in the mail that is sent because of a request. */
async function linkBy(url: string, { email }: Person): Promise<string> {
  const before = await db.$count(mails, eq(mails.recipient, email))
  expect((await post(null, url, { email })).statusCode).toBe(204)
  await vi.waitUntil(async () => (await db.$count(mails, eq(mails.recipient, email))) > before)
  const [sent] = await db.select().from(mails).where(eq(mails.recipient, email)).orderBy(desc(mails.createdAt)).limit(1)
  return /\/(?:reset|enter)\/([\w-]+)/.exec(sent?.text ?? '')?.[1] ?? ''
}
async function enterByLink(person: Person) {
  const entered = await post(null, `/api/auth/sign-in/link/${await linkBy('/api/auth/sign-in/link', person)}`)
  return { entered, cookie: entered.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
}
const letSessionsAge = ({ id }: Person, minutes: number) =>
  db
    .update(sessions)
    .set({ createdAt: sql`now() - make_interval(mins => ${minutes})` })
    .where(eq(sessions.userId, id))

test('what somebody set up with an address that is not theirs opens nothing once its owner came by a link in a mail', async () => {
  const mallory = await signUp('Victoria')
  const token = await addWaysIn(mallory)
  const { entered, cookie } = await enterByLink(mallory)
  expect(entered.statusCode).toBe(200)
  expect(await isIn(cookie)).toBe(true)
  expect(await isIn(mallory.cookie)).toBe(false)
  expect(await enter(mallory.email, password)).toBe(401)
  expect((await app.inject({ url: '/api/me', headers: { authorization: `Bearer ${token}` } })).statusCode).toBe(401)
  expect(await countWaysIn(mallory)).toEqual(none)
  const audit = (await as(owner).inject({ url: '/api/audit-events' })).json().items
  expect(audit).toContainEqual(expect.objectContaining({ action: 'account.address-confirmed' }))

  // Its owner goes on: they set a password, which the next link leaves as it is.
  const victoria = { ...mallory, cookie }
  expect((await setPassword(victoria, '', 'the password of Victoria')).statusCode).toBe(204)
  await addWaysIn(victoria)
  await enterByLink(victoria)
  expect(await isIn(cookie)).toBe(true)
  expect(await enter(mallory.email, 'the password of Victoria')).toBe(200)
  expect(await countWaysIn(victoria)).toEqual({ passkeys: 1, providers: 1, tokens: 1 })
})

test('a new password by a link in a mail proves the address, and ends every other way in', async () => {
  const wanda = await signUp('Wanda')
  await addWaysIn(wanda)
  const url = `/api/password-resets/${await linkBy('/api/password-resets', wanda)}`
  expect((await post(null, url, { password: 'another password' })).statusCode).toBe(204)
  expect(await isIn(wanda.cookie)).toBe(false)
  expect(await countWaysIn(wanda)).toEqual(none)
  expect(await db.select().from(users).where(eq(users.id, wanda.id))).toMatchObject([{ emailVerified: true }])
  await enterByLink(wanda)
  expect(await enter(wanda.email, 'another password')).toBe(200)
})

test('one by a link of an admin ends them too, and proves no address', async () => {
  const xenia = await signUp('Xenia')
  await addWaysIn(xenia)
  const link = await linkBy('/api/auth/sign-in/link', xenia)
  const { url } = (await post(owner, `/api/members/${xenia.id}/password-reset`)).json()
  const reset = await post(null, `/api/password-resets/${url.split('/').at(-1)}`, { password: 'another password' })
  expect(reset.statusCode).toBe(204)
  expect(await countWaysIn(xenia)).toEqual(none)
  expect((await post(null, `/api/auth/sign-in/link/${link}`)).statusCode).toBe(403)
  expect(await enter(xenia.email, 'another password')).toBe(200)
  expect(await db.select().from(users).where(eq(users.id, xenia.id))).toMatchObject([{ emailVerified: false }])
})

test('who changes the password makes links to sign in void that were sent before', async () => {
  const yara = await signUp('Yara')
  const link = await linkBy('/api/auth/sign-in/link', yara)
  expect((await setPassword(yara, password, 'another password')).statusCode).toBe(204)
  expect((await post(null, `/api/auth/sign-in/link/${link}`)).json().type).toBe('/problems/sign-in-link-invalid')
})

test.each([
  ['an API token', '/api/me/tokens', draft, 201],
  ['a passkey', '/api/me/passkeys/options', {}, 200],
])('%s needs the password where the sign-in is an hour ago', async (_what, url, payload, done) => {
  const zora = await signUp('Zora')
  expect((await post(zora, url, payload)).statusCode).toBe(done)
  await letSessionsAge(zora, 61)
  const field = (message: unknown) => [{ field: 'password', message }]
  expect((await post(zora, url, payload)).json()).toMatchObject({
    type: '/problems/password-needed',
    errors: field(expect.stringContaining('is needed')),
  })
  expect((await post(zora, url, { ...payload, password: 'not this one' })).json()).toMatchObject({
    type: '/problems/wrong-password',
    errors: field('is not your password'),
  })
  expect((await post(zora, url, { ...payload, password })).statusCode).toBe(done)
  await db.delete(accounts).where(eq(accounts.userId, zora.id))
  expect((await post(zora, url, { ...payload, password })).json()).toMatchObject({
    type: '/problems/forbidden',
    detail: expect.stringContaining('sign in again'),
  })
})

test('the last passkey of who has no other way in stays, also when both are removed at once', async () => {
  const quinn = await signUp('Quinn')
  const add = async (name: string) => {
    const key = { name, credentialId: `${name} of ${quinn.id}`, publicKey: 'key', counter: 0 }
    const [made] = await db
      .insert(passkeys)
      .values({ ...key, userId: quinn.id })
      .returning()
    return `${made?.id}`
  }
  const remove = (id: string) => as(quinn).inject({ method: 'DELETE', url: `/api/me/passkeys/${id}` })
  expect((await remove(await add('Old phone'))).statusCode).toBe(204)
  await db.delete(accounts).where(eq(accounts.userId, quinn.id))
  // One that is left of a provider that this site has no more opens nothing.
  await db.insert(accounts).values({ userId: quinn.id, accountId: quinn.id, providerId: 'oidc:https://gone.example.org' })
  const both = await Promise.all([await add('Laptop'), await add('Phone')].map(remove))
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409])
  expect(both.find(({ statusCode }) => statusCode === 409)?.json()).toMatchObject({
    type: '/problems/only-way-in',
    detail: 'Set a password or add another passkey first.',
  })
  expect(await countWaysIn(quinn)).toMatchObject({ passkeys: 1 })
  expect((await remove(crypto.randomUUID())).statusCode).toBe(404)
  expect((await setPassword(quinn, '', 'a first password')).statusCode).toBe(204)
  const [last] = await db.select().from(passkeys).where(eq(passkeys.userId, quinn.id))
  expect((await remove(`${last?.id}`)).statusCode).toBe(204)
})

test('an owner without a password hands over and sets one after they have just signed in, and not later', async () => {
  const heir = await given.person('Heir')
  await db.delete(accounts).where(eq(accounts.userId, owner.id))
  const payload = { userId: heir.id }
  await letSessionsAge(owner, 11)
  expect((await post(owner, '/api/workspace/transfer', payload)).json().type).toBe('/problems/forbidden')
  expect((await setPassword(owner, '', 'a first password')).json().type).toBe('/problems/forbidden')
  await letSessionsAge(owner, 9)
  expect((await post(owner, '/api/workspace/transfer', payload)).statusCode).toBe(204)
  expect((await setPassword(owner, '', 'a first password')).statusCode).toBe(204)
  expect((await setPassword(owner, '', 'a second password')).json().type).toBe('/problems/wrong-password')
  expect(await enter(owner.email, 'a first password')).toBe(200)
})
