import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { app } = await startApp()
const page = (url: string, accept = 'text/html') => app.inject({ url, headers: { accept } })
const scriptOf = (html: string) => /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? ''

const dist = fileURLToPath(new URL('../../web/dist', import.meta.url))
const scriptsIn = async (folder: string) => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
}

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

test.each([
  ['de', 'Was auf Sie wartet'],
  ['es', 'Lo que le espera'],
  ['en', 'What waits for you'],
])('the app is there in %s, for who asks for it or chose it', async (language, words) => {
  const asking = { accept: 'text/html', 'accept-language': `fr, ${language};q=0.5` }
  const chosen = { accept: 'text/html', 'accept-language': 'fr, en', cookie: `meanwhile.language=${language}` }
  const light = { ...asking, cookie: 'meanwhile.appearance=light' }
  for (const headers of [asking, chosen, light]) {
    const { body, headers: answered } = await app.inject({ url: '/', headers })
    expect(body).toMatch(new RegExp(`<html [^>]*lang="${language}"`))
    expect(answered.vary).toContain('Accept-Language')
    expect((await app.inject({ url: scriptOf(body) })).statusCode).toBe(200)
  }
  const { body } = await app.inject({ url: '/u/none', headers: asking })
  for (const [, url = ''] of body.matchAll(/href="(\/assets\/[^"]+\.js)"/g))
    expect((await app.inject({ url })).statusCode, url).toBe(200)
  const folder = join(dist, scriptOf(body).replace(/[^/]*$/, ''))
  const files = await scriptsIn(folder)
  expect(files.some((code) => code.includes(words))).toBe(true)
  // What a build marks for other languages.
  for (const code of files) expect(code).not.toMatch(/@@[a-z-]+\.[\w. /#-]+@/)
})

test('a language that was chosen is kept by each page anew, and no page is taken for one in another language', async () => {
  const chosen = await app.inject({ url: '/', headers: { accept: 'text/html', cookie: 'meanwhile.language=es' } })
  expect(`${chosen.headers['set-cookie']}`).toMatch(/^meanwhile\.language=es; .*Max-Age=31536000/)
  expect((await page('/')).headers['set-cookie']).toBeUndefined()
  const tag = { 'if-none-match': `${chosen.headers.etag}`, 'if-modified-since': new Date().toUTCString() }
  expect((await app.inject({ url: '/', headers: { accept: 'text/html', 'accept-language': 'de', ...tag } })).statusCode).toBe(200)
})
