import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { app, as, given, env, password, db } = await startApp({ env: { PUBLIC_URL: 'https://updates.example.org' } })
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cookiesOf = (answer: { cookies: { name: string; value: string }[] }) =>
  answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
const signIn = (headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: { email: ada.email, password }, headers })
const me = (cookie: string) => app.inject({ url: '/api/me', headers: { cookie } })

test('a session that somebody else has chosen is not the one that signing in begins (R21)', async () => {
  const before = ben.cookie
  const entered = await signIn({ cookie: before })
  const after = cookiesOf(entered)
  expect(after).not.toContain(before.split('=')[1])
  expect((await me(after)).json().id).toBe(ada.id)
  // What was there before is nobody else's now.
  expect((await me(before)).json().id).toBe(ben.id)
  const made = `${before.split('=')[0]}=${'A'.repeat(32)}.${'B'.repeat(43)}=`
  expect(cookiesOf(await signIn({ cookie: made }))).not.toContain('A'.repeat(32))
})

test('the cookie of a session is for this site alone, out of reach of scripts, and sent by TLS only where there is TLS (R21)', async () => {
  const [cookie] = [(await signIn()).headers['set-cookie'] ?? []].flat()
  expect(cookie).toMatch(/^__Secure-meanwhile\.session_token=/)
  expect(cookie).toMatch(/; HttpOnly/)
  expect(cookie).toMatch(/; Secure/)
  expect(cookie).toMatch(/; SameSite=Lax/i)
  expect(cookie).not.toMatch(/Domain=/i)
})

test('who signs out has ended the session, not only forgotten it (R21)', async () => {
  const cookie = cookiesOf(await signIn())
  expect((await me(cookie)).statusCode).toBe(200)
  await app.inject({ method: 'POST', url: '/api/auth/sign-out', headers: { cookie } })
  expect((await me(cookie)).statusCode).toBe(401)
})

test('a new password ends every other session; a role that is taken counts from the next request on (R21)', async () => {
  const admin = { method: 'PATCH' as const, url: `/api/members/${ben.id}`, payload: { role: 'admin' } }
  await as(ada).inject(admin)
  expect((await as(ben).inject({ url: '/api/audit-events' })).statusCode).toBe(200)
  await as(ada).inject({ ...admin, payload: { role: 'member' } })
  expect((await as(ben).inject({ url: '/api/audit-events' })).statusCode).toBe(403)
  const [first, second] = [cookiesOf(await signIn()), cookiesOf(await signIn())]
  const changed = await app.inject({
    method: 'PUT',
    url: '/api/me/password',
    payload: { current: password, password: `${password} 2` },
    headers: { cookie: first },
  })
  expect(changed.statusCode).toBe(204)
  expect((await me(first)).statusCode).toBe(200)
  expect((await me(second)).statusCode).toBe(401)
})

test.each([
  ['a form of another site', { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' }],
  ['a text of another site', { origin: 'https://evil.example', 'content-type': 'text/plain' }],
  ['a page in a frame without an origin', { origin: 'null', 'content-type': 'application/json' }],
  ['a neighbour below the same domain', { origin: 'https://other.example.org', 'content-type': 'application/json' }],
  [
    'an address that only begins like this one',
    { origin: 'https://updates.example.org.evil.example', 'content-type': 'application/json' },
  ],
  ['another scheme', { origin: 'http://updates.example.org', 'content-type': 'application/json' }],
  ['a site that hides where it is', { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' }],
])('%s changes nothing with the session of who looks at it (R22)', async (_who, headers) => {
  for (const [method, url] of [
    ['POST', '/api/updates'],
    ['PATCH', '/api/me'],
    ['PUT', '/api/me/password'],
    ['DELETE', '/api/me/sessions'],
    ['POST', '/api/auth/sign-out'],
    ['POST', '/api/auth/sign-in/email'],
  ] as const) {
    const answer = await as(ben).inject({
      method,
      url,
      payload: '{"title":"x"}',
      headers: { host: 'updates.example.org', ...headers },
    })
    expect(answer.json(), `${method} ${url}`).toMatchObject({ type: '/problems/foreign-origin', status: 403 })
  }
  expect((await me(ben.cookie)).statusCode).toBe(200)
})

test.each(['https://evil.example', 'null', 'https://updates.example.org'])(
  'no answer lets the scripts of %s read it (R37)',
  async (origin) => {
    for (const url of ['/api/me', '/api/updates', '/api/openapi.json', '/', '/healthz', '/media/x/y/z/a']) {
      const { headers } = await as(ben).inject({ url, headers: { origin, accept: 'text/html' } })
      expect(
        Object.keys(headers).filter((name) => name.startsWith('access-control')),
        url,
      ).toEqual([])
      expect(headers['cross-origin-resource-policy'], url).toBe('same-origin')
    }
    const preflight = await app.inject({
      method: 'OPTIONS',
      url: '/api/updates',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    expect(preflight.statusCode).toBe(404)
  },
)

test('what a stranger says of host, scheme and address of a request is not believed: links are those of the site (R15)', async () => {
  const lies = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    'x-forwarded-for': '203.0.113.66',
    'x-real-ip': '203.0.113.66',
    forwarded: 'for=203.0.113.66;host=evil.example;proto=http',
    'x-original-url': '/api/updates',
    'x-rewrite-url': '/api/updates',
  }
  const made = await as(ben).inject({ method: 'POST', url: '/api/updates', payload: { title: 'x' }, headers: lies })
  expect(made.json().url).toBe(`${env.PUBLIC_URL}/u/${made.json().id}`)
  const link = await as(ben).inject({
    method: 'POST',
    url: `/api/updates/${made.json().id}/share-links`,
    payload: {},
    headers: lies,
  })
  expect(link.json().url).toMatch(/^https:\/\/updates\.example\.org\/s\//)
  const page = await app.inject({ url: new URL(link.json().url).pathname, headers: { accept: 'text/html', ...lies } })
  expect(page.body).not.toContain('evil.example')
  const invitation = await as(ada).inject({ method: 'POST', url: '/api/invitations', headers: lies })
  expect(invitation.body).not.toContain('evil.example')
  const recorded = await db.execute(`select count(*)::int as count from audit_events where ip = '203.0.113.66'`)
  expect(recorded[0]).toEqual({ count: 0 })
})

test('what is asked with a method in a header or a field is asked by its own (R22)', async () => {
  const { id } = await given.update(ben)
  for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override'])
    await as(ben).inject({ method: 'GET', url: `/api/updates/${id}?_method=DELETE`, headers: { [name]: 'DELETE' } })
  expect((await as(ben).inject({ url: `/api/updates/${id}` })).statusCode).toBe(200)
})
