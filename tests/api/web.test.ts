import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { app } = await startApp()
const page = (url: string, accept = 'text/html') => app.inject({ url, headers: { accept } })
const scriptOf = (html: string) => /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? ''

test.each(['/', '/record', '/u/8c9d2d0e-6a3b-4f0e-9f0c-1d2e3f4a5b6c?t=83', '/join/abc'])(
  '%s opens the app, always the newest',
  async (url) => {
    const answer = await page(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
    expect((await page(url, '*/*')).statusCode).toBe(200)
  },
)

test('scripts are kept for ever, sent compressed, and the same as without', async () => {
  const url = scriptOf((await page('/')).body)
  const plain = await app.inject({ url })
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  for (const encoding of ['br', 'gzip']) {
    const answer = await app.inject({ url, headers: { 'accept-encoding': encoding } })
    expect(answer.headers).toMatchObject({
      'content-encoding': encoding,
      'content-type': expect.stringMatching(/javascript/),
      vary: 'accept-encoding',
    })
    expect(answer.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2)
  }
})

test('what is neither a page nor a file is a problem, not the app', async () => {
  for (const url of ['/api/nowhere', '/media/x', '/assets/none.js'])
    expect((await page(url)).json()).toMatchObject({ type: '/problems/not-found', status: 404 })
  expect((await page('/', 'application/json')).statusCode).toBe(404)
  expect((await app.inject({ method: 'POST', url: '/record' })).statusCode).toBe(404)
})
