import { schema } from '@meanwhile/shared/db/client'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { startOidcProvider } from '../support/oidc-provider.ts'

const publicUrl = 'http://localhost:3999'
const people: Record<string, object> = {
  ada: { email: 'ada@example.org', email_verified: true, name: 'Ada' },
  ben: { email: 'ben@example.org', email_verified: true, name: 'Ben' },
  zoe: { email: 'zoe@example.org', email_verified: true, name: 'Zoe' },
  eve: { email: 'eve@example.com', email_verified: true, name: 'Eve' },
  mallory: { email: 'ada@example.org', email_verified: false, name: 'Mallory' },
  nobody: {},
}

const provider = await startOidcProvider(people)
provider.serve(publicUrl)
const { issuer } = provider
const { app, as, db, given, password } = await startApp({
  env: { ...provider.variables, PUBLIC_URL: publicUrl, SIGNUP: 'invite' },
})
const owner = await given.person('Olga')

/** What a browser does at the provider: signs in and agrees. @returns the address that leads back here */
async function signInThere(url: string, login: string): Promise<URL> {
  const jar = new Map<string, string>()
  let next = new URL(url)
  let form: URLSearchParams | undefined
  for (let step = 0; step < 12; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie }, ...(form ? { method: 'POST', body: form } : {}) })
    for (const each of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? []
      jar.set(name, value)
    }
    const location = answer.headers.get('location')
    form = undefined
    if (location) {
      next = new URL(location, next)
      if (next.origin === publicUrl) return next
      continue
    }
    const page = await answer.text()
    const action = /action="([^"]+)"/.exec(page)?.[1]
    if (!action) throw new Error(page)
    form = new URLSearchParams({ prompt: /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '', login, password: 'x' })
    next = new URL(action, next)
  }
  throw new Error('the provider leads nowhere')
}

type Circumstances = { invitation?: string; next?: string; cookie?: string; withState?: boolean }
const cookiesOf = (answer: { cookies: { name: string; value: string }[] }) =>
  answer.cookies
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')

async function continueAs(login: string, { invitation, next, cookie = '', withState = true }: Circumstances = {}) {
  const headers = { cookie }
  const started = await app.inject({ method: 'POST', url: '/api/auth/oidc', payload: { invitation, next }, headers })
  const back = await signInThere(started.json().url, login)
  const carried = [cookie, withState ? cookiesOf(started) : ''].filter(Boolean).join('; ')
  const url = back.pathname + back.search
  const ended = await app.inject({ url, headers: { cookie: carried } })
  return { ended, url, carried, location: ended.headers.location, session: cookiesOf(ended) }
}
const meOf = async (cookie: string) => (await app.inject({ url: '/api/me', headers: { cookie } })).json()
const invite = async () => (await as(owner).inject({ method: 'POST', url: '/api/invitations' })).json().token

test('the page to sign in knows what the provider is called', async () => {
  expect((await app.inject({ url: '/api/sign-up' })).json()).toMatchObject({ oidc: 'Example' })
})

test('a sign-up with it needs an invitation where all do, and then signs in by itself', async () => {
  expect((await continueAs('ada')).location).toBe('/sign-in?problem=sign-up-closed')
  const joined = await continueAs('ada', { invitation: await invite() })
  expect(joined.location).toBe('/sign-in?next=%2F')
  expect(await meOf(joined.session)).toMatchObject({ name: 'Ada', email: 'ada@example.org', role: 'member' })
  const again = await continueAs('ada', { next: '/settings' })
  expect(again.location).toBe('/sign-in?next=%2Fsettings')
  expect(await meOf(again.session)).toMatchObject({ email: 'ada@example.org' })
})

test('the domains of the workspace count, and an address that the provider did not confirm opens nothing', async () => {
  await as(owner).inject({ method: 'PATCH', url: '/api/workspace', payload: { emailDomains: ['example.org'] } })
  expect((await continueAs('eve', { invitation: await invite() })).location).toBe('/sign-in?problem=domain-not-allowed')
  expect((await continueAs('mallory', { invitation: await invite() })).location).toBe('/sign-in?problem=account-exists')
  expect((await continueAs('nobody', { invitation: await invite() })).location).toBe('/sign-in?problem=oidc-failed')
})

test('what somebody began is theirs alone, in their browser, once', async () => {
  const stolen = await continueAs('ada', { withState: false })
  expect(stolen).toMatchObject({ location: '/sign-in?problem=oidc-failed', session: '' })
  const used = await continueAs('ada')
  expect(used.session).not.toBe('')
  const replayed = await app.inject({ url: used.url, headers: { cookie: used.carried } })
  expect(replayed.headers.location).toBe('/sign-in?problem=oidc-failed')
  for (const query of ['', '?state=x', '?state=x&state=y', '?error=access_denied'])
    expect((await app.inject({ url: `/api/auth/oidc/callback${query}` })).statusCode).toBeLessThan(500)
})

test('an account that is there already is connected by who is signed in to it, or not at all', async () => {
  await db.execute(sql`update users set email = 'ben@example.org' where id = ${owner.id}`)
  expect((await continueAs('ben')).location).toBe('/sign-in?problem=account-exists')
  const read = async () => (await as(owner).inject({ url: '/api/me/oidc' })).json()
  expect(await read()).toEqual({ name: 'Example', isConnected: false })
  expect((await continueAs('ada', { cookie: owner.cookie })).location).toBe('/sign-in?problem=account-exists')
  expect((await continueAs('ben', { cookie: owner.cookie, next: '/settings' })).location).toBe('/sign-in?next=%2Fsettings')
  expect(await read()).toEqual({ name: 'Example', isConnected: true })
  expect(await meOf((await continueAs('ben')).session)).toMatchObject({ id: owner.id })
  const audit = (await as(owner).inject({ url: '/api/audit-events' })).json().items
  expect(audit).toContainEqual(expect.objectContaining({ action: 'account.provider-connected', details: { issuer } }))
})

test('whoever has an address of somebody with two-factor at the provider does not get around that', async () => {
  const zoe = await given.person('Zoe')
  await db.update(schema.users).set({ email: 'zoe@example.org', emailVerified: true }).where(eq(schema.users.id, zoe.id))
  await db.insert(schema.twoFactors).values({ userId: zoe.id, secret: 'sealed', confirmedAt: new Date() })
  expect((await continueAs('zoe')).location).toBe('/sign-in?problem=account-exists')
  await db.delete(schema.twoFactors).where(eq(schema.twoFactors.userId, zoe.id))
  expect(await meOf((await continueAs('zoe')).session)).toMatchObject({ id: zoe.id })
})

test('connecting it needs the password where the sign-in is an hour ago', async () => {
  await db.execute(sql`update sessions set created_at = now() - interval '61 minutes' where user_id = ${owner.id}`)
  const connect = (payload: object) => as(owner).inject({ method: 'POST', url: '/api/auth/oidc', payload })
  expect((await connect({})).json().type).toBe('/problems/password-needed')
  expect((await connect({ password: 'not this one' })).json().type).toBe('/problems/wrong-password')
  expect((await connect({ password })).statusCode).toBe(200)
})

test('it is disconnected, unless nothing else signs in', async () => {
  const disconnect = (cookie: string) => app.inject({ method: 'DELETE', url: '/api/me/oidc', headers: { cookie } })
  const { session } = await continueAs('ada')
  expect((await disconnect(session)).json()).toMatchObject({ type: '/problems/only-way-in', status: 409 })
  expect((await continueAs('ada')).session).not.toBe('')

  expect((await disconnect(owner.cookie)).statusCode).toBe(204)
  expect((await disconnect(owner.cookie)).statusCode).toBe(404)
  expect((await continueAs('ben')).location).toBe('/sign-in?problem=account-exists')
  const audit = (await as(owner).inject({ url: '/api/audit-events' })).json().items
  expect(audit).toContainEqual(expect.objectContaining({ action: 'account.provider-disconnected', details: { issuer } }))
})
