import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'

const { app, as, db, given } = await startApp()
const owner = await given.person('Olga')
const ben = await given.person('Ben')
const { id: updateId } = await given.update(ben, { title: 'Monday' })

type Draft = { name?: string; scopes?: string[]; expiresInDays?: number | null }
async function make(person: Person, { name = 'Script', scopes = ['read'], expiresInDays = 30 }: Draft = {}) {
  const made = await as(person).inject({ method: 'POST', url: '/api/me/tokens', payload: { name, scopes, expiresInDays } })
  expect(made.statusCode).toBe(201)
  return made.json() as { id: string; token: string; prefix: string }
}
const by = (token: string, options: InjectOptions) =>
  app.inject({ ...options, headers: { authorization: `Bearer ${token}`, ...options.headers } })
const typeOf = async (answer: ReturnType<typeof by>) => (await answer).json().type as string
const all = ['read', 'write', 'admin']

test('a token is shown once and kept as a hash; with it a program does what its person does', async () => {
  const { id, token, prefix } = await make(ben, { name: 'Notes', scopes: ['read', 'write'] })
  expect(token).toMatch(/^mw_[\w-]{43}$/)
  expect(token.startsWith(prefix)).toBe(true)
  const listed = (await as(ben).inject({ url: '/api/me/tokens' })).json()
  expect(listed).toMatchObject([{ id, name: 'Notes', prefix, scopes: ['read', 'write'], usedAt: null }])
  const [row] = await db.execute(`select * from api_tokens where id = '${id}'`)
  expect(JSON.stringify(row)).not.toContain(token.slice(8))

  const made = await by(token, { method: 'POST', url: '/api/updates', payload: { title: 'By a script' } })
  expect(made.statusCode).toBe(201)
  expect((await by(token, { url: `/api/updates/${made.json().id}` })).json()).toMatchObject({ author: { name: 'Ben' } })
  expect((await as(owner).inject({ url: '/api/me/tokens' })).json()).toEqual([])
})

test('its last use is written down at most once a minute', async () => {
  const { id, token } = await make(ben)
  const usedAt = async () => (await db.execute(`select used_at::text from api_tokens where id = '${id}'`))[0]?.used_at
  await by(token, { url: '/api/me' })
  const first = await usedAt()
  expect(first).not.toBeNull()
  await by(token, { url: '/api/me' })
  expect(await usedAt()).toBe(first)
  await db.execute(`update api_tokens set used_at = now() - interval '61 seconds' where id = '${id}'`)
  await by(token, { url: '/api/me' })
  expect(await usedAt()).not.toBe(first)
})

test('what is wrong, has expired or was revoked is answered alike, and so is a member who was removed', async () => {
  const { id, token } = await make(ben)
  expect((await as(ben).inject({ method: 'DELETE', url: `/api/me/tokens/${id}` })).statusCode).toBe(204)
  const expired = await make(ben)
  await db.execute(`update api_tokens set expires_at = now() where id = '${expired.id}'`)
  const rob = await given.person('Rob')
  const robs = await make(rob, { scopes: all })
  await as(owner).inject({ method: 'DELETE', url: `/api/members/${rob.id}` })
  for (const bad of [token, expired.token, robs.token, 'mw_', `mw_${'x'.repeat(43)}`]) {
    const answer = await by(bad, { url: '/api/me' })
    expect([answer.statusCode, answer.json().type]).toEqual([401, '/problems/token-invalid'])
    expect(answer.headers['www-authenticate']).toContain('invalid_token')
    expect(await typeOf(by(bad, { url: '/api/sign-up' }))).toBe('/problems/token-invalid')
  }
  expect((await as(ben).inject({ method: 'DELETE', url: `/api/me/tokens/${id}` })).statusCode).toBe(404)
})

test('R20: a token makes no tokens, sessions or passwords, reaches no other workspace, and exceeds neither its scopes nor its person', async () => {
  const { token } = await make(owner, { scopes: all })
  const forbidden: InjectOptions[] = [
    { method: 'POST', url: '/api/me/tokens', payload: { name: 'More', scopes: all, expiresInDays: null } },
    { method: 'PATCH', url: '/api/me', payload: { name: 'Not Ben' } },
    { url: '/api/me/tokens' },
    { url: '/api/me/sessions' },
    { method: 'DELETE', url: '/api/me/sessions' },
    { method: 'PUT', url: '/api/me/password', payload: { current: 'correct horse battery', password: 'another password' } },
    { method: 'POST', url: `/api/members/${ben.id}/password-reset` },
    { method: 'POST', url: '/api/auth/sign-in/email', payload: { email: owner.email, password: 'correct horse battery' } },
    { method: 'POST', url: '/api/workspaces', payload: { name: 'More' } },
    { url: '/api/me/workspaces' },
  ]
  for (const options of forbidden) expect(await typeOf(by(token, options)), `${options.url}`).toBe('/problems/session-needed')

  const withoutAdmin = await make(owner, { scopes: ['read', 'write'] })
  expect(await typeOf(by(withoutAdmin.token, { url: '/api/audit-events' }))).toBe('/problems/token-scope')
  expect((await by(withoutAdmin.token, { url: '/api/me' })).json()).toMatchObject({ role: 'member' })
  // What admins may do to the updates of others is theirs, not that of the scope `write`.
  expect(await typeOf(by(withoutAdmin.token, { method: 'DELETE', url: `/api/updates/${updateId}` }))).toBe('/problems/forbidden')

  const bens = await make(ben, { scopes: all })
  expect(await typeOf(by(bens.token, { url: '/api/audit-events' }))).toBe('/problems/forbidden')
  const elsewhere = { 'meanwhile-viewer': `${ben.id} ${crypto.randomUUID()}` }
  expect(await typeOf(by(bens.token, { url: '/api/updates', headers: elsewhere }))).toBe('/problems/no-workspace')
})

test('a token needs no origin, gets no cookie, and makes the session beside it nobody', async () => {
  const { token } = await make(ben, { scopes: ['read', 'write'] })
  const headers = { origin: 'https://example.org', cookie: owner.cookie }
  const answer = await by(token, { method: 'PATCH', url: '/api/me/preferences', payload: { appearance: 'dark' }, headers })
  expect(answer.statusCode).toBe(200)
  const me = await by(token, { url: '/api/me', headers })
  expect(me.json()).toMatchObject({ name: 'Ben' })
  expect([answer.headers['set-cookie'], me.headers['set-cookie']]).toEqual([undefined, undefined])
  const without = await as(ben).inject({
    method: 'PATCH',
    url: '/api/me/preferences',
    payload: {},
    headers: { origin: headers.origin },
  })
  expect(without.json().type).toBe('/problems/foreign-origin')
})

test('making and revoking one is on record, without the token', async () => {
  const { id, token } = await make(ben, { name: 'Recorded' })
  await as(ben).inject({ method: 'DELETE', url: `/api/me/tokens/${id}` })
  const { items } = (await as(owner).inject({ url: '/api/audit-events' })).json()
  expect(items.slice(0, 2)).toMatchObject([
    { action: 'api-token.revoked', target: { name: 'Recorded' }, actor: { name: 'Ben' } },
    { action: 'api-token.created', target: { name: 'Recorded' }, details: { scopes: ['read'] } },
  ])
  expect(JSON.stringify(items)).not.toContain(token)
})

test('nobody has more than fifty, and an address that guesses is told to wait', async () => {
  const zoe = await given.person('Zoe')
  await db.execute(
    `insert into api_tokens (workspace_id, user_id, name, scopes, prefix, token_hash) select workspace_id, user_id, 'x', '{read}', 'mw_', user_id || n::text from members, generate_series(1, 50) n where user_id = '${zoe.id}'`,
  )
  const payload = { name: 'One more', scopes: ['read'], expiresInDays: 1 }
  expect((await as(zoe).inject({ method: 'POST', url: '/api/me/tokens', payload })).json().type).toBe('/problems/too-many-tokens')

  const guesses = await Promise.all(Array.from({ length: 70 }, (_, n) => by(`mw_${n}`, { url: '/api/me' })))
  expect(guesses.at(-1)?.statusCode).toBe(429)
  const { token } = await make(ben)
  expect((await by(token, { url: '/api/me' })).statusCode).toBe(200)
})
