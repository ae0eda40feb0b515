import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { app, as, given } = await startApp()
const ada = await given.person('Ada')

test.each([
  '/metrics',
  '/api/metrics',
  '/admin',
  '/admin/queues',
  '/queues',
  '/debug',
  '/server-status',
  '/.env',
  '/.git/config',
  '/package.json',
  '/secrets.json',
  '/data/secrets.json',
  '/api/auth/get-session',
  '/api/auth/list-sessions',
  '/api/auth/error',
  '/api/auth/ok',
])('%s tells nobody anything: it is not there (R39)', async (url) => {
  for (const client of [app, as(ada)])
    for (const method of ['GET', 'POST'] as const) {
      const { statusCode, body } = await client.inject({ method, url, headers: { accept: 'application/json' } })
      expect(statusCode, `${method} ${body}`).toBe(404)
    }
})

test('nothing that better-auth offers by itself is there beside our own routes (R39)', () => {
  const ours = Object.keys(app.swagger().paths ?? {}).filter((path) => path.startsWith('/api/auth/'))
  const routed = app.printRoutes({ commonPrefix: false }).match(/api\/auth\/\S+/g) ?? []
  for (const route of routed)
    expect(
      ours.some((path) => path.endsWith(route.replace(/:\w+/g, ''))),
      route,
    ).toBe(true)
})

test('the web app comes without the map to its sources (R39)', async () => {
  const dist = fileURLToPath(new URL('../../web/dist', import.meta.url))
  const files = await readdir(dist, { recursive: true }).catch(() => [])
  expect(files.filter((file) => /\.(map|ts|svelte)$/.test(file))).toEqual([])
})

test('an unexpected fault is told by its number alone: no stack, no statement, no path (R39, R40)', async () => {
  await app.db.execute('alter table channels rename to channels_away')
  const answer = await as(ada).inject({ url: '/api/channels' })
  await app.db.execute('alter table channels_away rename to channels')
  expect(answer.json()).toEqual({
    type: '/problems/internal',
    title: expect.any(String),
    status: 500,
    instance: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})
