import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { app, as, given, env } = await startApp()
const ada = await given.person('Ada')
const create = (headers: Record<string, string>) =>
  as(ada).inject({
    method: 'POST',
    url: '/api/updates',
    payload: { title: 'x' },
    headers: { host: 'localhost:3000', ...headers },
  })

test.each([
  ['another site', { origin: 'https://evil.example' }],
  ['a page without an origin', { origin: 'null' }],
  ['another port', { origin: 'http://localhost:3001' }],
  ['another site that hides its origin', { 'sec-fetch-site': 'cross-site' }],
])('a request from %s changes nothing', async (_who, headers) => {
  expect((await create(headers)).json()).toMatchObject({ type: '/problems/foreign-origin', status: 403 })
})

test.each([
  ['this site', { origin: env.PUBLIC_URL }],
  ['this site under the name it was asked by', { origin: 'http://192.168.7.7:3000', host: '192.168.7.7:3000' }],
  ['a program', {}],
])('a request from %s is served', async (_who, headers) => {
  expect((await create(headers)).statusCode).toBe(201)
})

test.each([
  ' application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/json\t; charset=utf-8',
  'APPLICATION/JSON',
])('the content type "%s" does not get around the check of the body', async (type) => {
  const answer = await as(ada).inject({
    method: 'POST',
    url: '/api/updates',
    payload: '{"title":5}',
    headers: { 'content-type': type },
  })
  expect([400, 415]).toContain(answer.statusCode)
})

test.each([
  ['no JSON', '{'],
  ['a nest of a thousand arrays', `${'['.repeat(1000)}${']'.repeat(1000)}`],
  ['a prototype', '{"__proto__":{"admin":true}}'],
])('a body that is %s is refused with 400', async (_what, payload) => {
  const answer = await as(ada).inject({
    method: 'POST',
    url: '/api/updates',
    payload,
    headers: { 'content-type': 'application/json' },
  })
  expect(answer.json()).toMatchObject({ type: '/problems/invalid-request', status: 400 })
})

test('a body of two megabytes is refused with 413', async () => {
  const answer = await as(ada).inject({ method: 'POST', url: '/api/updates', payload: { title: 'x'.repeat(2_000_000) } })
  expect(answer.json()).toMatchObject({ type: '/problems/request-too-large', status: 413 })
})

test.each(['../x', 'constructor', '__proto__', '1', 'x'.repeat(150), '%00', '550E8400-E29B-41D4-A716-44665544000'])(
  'the id %s does not exist',
  async (id) => {
    expect((await as(ada).inject({ url: `/api/updates/${encodeURIComponent(id)}` })).statusCode).toBe(404)
  },
)

test('every answer forbids sniffing, framing and foreign scripts; what is not meant to be kept is not stored', async () => {
  for (const url of ['/api/me', '/api/updates', '/api/openapi.json', '/healthz', '/api/nowhere', '/media/x/y/z/a']) {
    const { headers } = await as(ada).inject({ url })
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(headers['content-security-policy']).toMatch(
      /script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/]+=';.*object-src 'none'.*frame-ancestors 'none'/,
    )
  }
})

test('nothing that may be cached carries a cookie', async () => {
  const urls = ['/api/me', '/api/updates', '/api/sign-up', '/api/openapi.json', '/', '/assets/none.js', '/healthz', '/readyz']
  for (const url of urls) {
    const { headers } = await as(ada).inject({ url, headers: { accept: 'text/html' } })
    if (headers['set-cookie']) expect(headers['cache-control']).toBe('no-store')
  }
})

test('guessing a password is slowed down, also from several sessions', async () => {
  const guess = () =>
    app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: { email: ada.email, password: 'a guess' } })
  const codes = new Set<number>()
  for (let tries = 0; tries < 25; tries++) codes.add((await guess()).statusCode)
  expect([...codes]).toEqual([401, 429])
})

test('health is told to everybody, and nothing more', async () => {
  expect((await app.inject({ url: '/healthz' })).json()).toEqual({ status: 'ok' })
  expect((await app.inject({ url: '/readyz' })).json()).toEqual({ status: 'ok', database: 'ok', storage: 'ok' })
})
