import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import { guestsOn } from '../support/guest.ts'
import { webChunk } from '../support/web-chunk.ts'

const { app, given, as, db } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const mallory = await given.stranger('Mallory')
const cut = await cutRecording({ ms: 4000 })
const title = 'Plan <b>B</b> & "C"</script><script>alert(1)</script>'
const { id, videoId } = await given.recording(ada, cut, title)

const page = (person: { cookie: string } | null, updateId = id, at: 'u' | 'embed' = 'u') =>
  app.inject({ url: `/${at}/${updateId}`, headers: { accept: 'text/html', ...(person ? { cookie: person.cookie } : {}) } })
const answersIn = (html: string) =>
  JSON.parse(/<script type="application\/json" id="answers">(.*?)<\/script>/s.exec(html)?.[1] ?? 'null')

test('who may see an update gets what its page asks for first together with the page', async () => {
  const { body, headers, statusCode } = await page(ben)
  expect(statusCode).toBe(200)
  expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  const asked = async (url: string) => (await as(ben).inject({ url })).json()
  const urls = ['/api/me', `/api/updates/${id}`, `/api/videos/${videoId}`]
  const answers = await Promise.all(urls.map(async (url) => [url, await asked(url)]))
  expect(answersIn(body)).toEqual({ ...Object.fromEntries(answers), '/api/events': expect.any(Number) })
})

test('it hears of all that happens once it has been answered, from the position that came with it', async () => {
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  const after = answersIn((await page(ben)).body)['/api/events']
  const { json } = await as(ada).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'Now', atMs: 0 } })
  const stream = await fetch(`${origin}/api/events?after=${after}`, { headers: { cookie: ben.cookie } })
  let text = ''
  for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (text.includes(json().id)) break
  }
  expect(text).toContain('"missed":false')
})

test('a title is text, wherever in the page it stands', async () => {
  const { body } = await page(ben)
  expect(body).toContain('<title>Plan &lt;b&gt;B&lt;/b&gt; &amp; &quot;C&quot;&lt;/script&gt;')
  expect(body).toContain('<meta property="og:title" content="Plan &lt;b&gt;')
  expect(body).not.toContain('<script>alert')
})

test('other sites are told where they find what to show', async () => {
  const [, href = ''] =
    /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)">/.exec((await page(ben)).body) ?? []
  const { pathname, search } = new URL(href)
  expect((await as(ben).inject({ url: pathname + search })).json()).toMatchObject({ type: 'video', title })
})

test('until there is a file, playlist, init segment and first segment are asked for at once, and are there', async () => {
  const urls = [...(await page(ben)).body.matchAll(/rel="preload" as="fetch" crossorigin href="([^"]+)"/g)].map(
    ([, url]) => url ?? '',
  )
  expect(urls.map((url) => url.split('/').slice(4).join('/'))).toEqual([
    'master.m3u8',
    'main/playlist.m3u8',
    'main/000000.m4s',
    'main/000001.m4s',
  ])
  for (const url of urls) expect((await app.inject({ url })).statusCode).toBe(200)
})

test('the page’s own chunk is linked, whoever asks', async () => {
  for (const person of [ben, null]) {
    const scripts = [...(await page(person)).body.matchAll(/rel="modulepreload" crossorigin href="([^"]+)"/g)].map(
      ([, url]) => url ?? '',
    )
    expect(scripts).toContain(`/${(await webChunk('src/watch/WatchPage.svelte')).js}`)
    for (const url of scripts) expect((await app.inject({ url })).statusCode).toBe(200)
  }
})

test.each(['u', 'embed'] as const)(
  'strangers, nobody, and who asks for what is not there get the same page at /%s, without a word of it',
  async (at) => {
    expect((await page(ben, id, at)).body).toMatch(/Plan.*answers/s)
    const asked = [
      [mallory, id],
      [null, id],
      [ben, crypto.randomUUID()],
      [ben, '%3Cscript%3E'],
    ] as const
    const pages = await Promise.all(asked.map(([person, updateId]) => page(person, updateId, at)))
    for (const { body, statusCode } of pages) {
      expect(statusCode).toBe(200)
      expect(body).toBe(pages[0]?.body)
      expect(body).not.toMatch(/Plan|og:|oembed|answers/)
    }
  },
)

test('a session that is getting old is prolonged by the API alone: its page asks for who is signed in itself', async () => {
  expect(Object.keys(answersIn((await page(ben)).body))).toContain('/api/me')
  await db.execute(`update sessions set expires_at = now() + interval '1 day' where user_id = '${ben.id}'`)
  const { body, headers } = await page(ben)
  expect(headers['set-cookie']).toBeUndefined()
  expect(Object.keys(answersIn(body))).not.toContain('/api/me')
  expect(`${(await as(ben).inject({ url: '/api/me' })).headers['set-cookie']}`).toContain(ben.cookie.split('=')[0])
  expect(Object.keys(answersIn((await page(ben)).body))).toContain('/api/me')
})

test('the embedded player may be framed by other sites, its watch page may not', async () => {
  const policy = async (url: string) =>
    `${(await app.inject({ url, headers: { accept: 'text/html' } })).headers['content-security-policy']}`
  expect(await policy(`/embed/${id}`)).toContain('frame-ancestors *')
  expect(await policy(`/u/${id}`)).toContain("frame-ancestors 'none'")
})

test('a workspace says which sites may frame its players; other pages stay as they are, and what is hidden says nothing', async () => {
  const change = (embedSites: unknown) => as(ada).inject({ method: 'PATCH', url: '/api/workspace', payload: { embedSites } })
  const kept = (
    await change(['Wiki.example.org', '*.Bücher.de', 'https://example.com:8443/', 'localhost', 'wiki.example.org'])
  ).json()
  expect(kept.embedSites).toEqual(['wiki.example.org', '*.xn--bcher-kva.de', 'https://example.com:8443', 'localhost'])
  const { url: linkUrl } = await guestsOn(app).share(ada, id)
  const policy = async (url: string, cookie = '') =>
    `${(await app.inject({ url, headers: { accept: 'text/html', cookie } })).headers['content-security-policy']}`
  const listed = /; frame-ancestors 'self' wiki\.example\.org \*\.xn--bcher-kva\.de https:\/\/example\.com:8443 localhost$/
  const path = new URL(linkUrl).pathname
  expect(await policy(`/embed/${id}`, ada.cookie)).toMatch(listed)
  expect(await policy(`/embed${path}`)).toMatch(listed)
  for (const url of [`/u/${id}`, path, '/', '/settings', '/api/workspace'])
    expect(await policy(url, ada.cookie), url).toContain("frame-ancestors 'none'")
  expect(await policy(`/embed/${id}`)).toBe(await policy(`/embed/${crypto.randomUUID()}`))
  expect((await app.inject({ url: `/api/oembed?url=${encodeURIComponent(linkUrl)}` })).statusCode).toBe(200)

  const wrong = [
    '*',
    "'none'",
    'a b',
    'a;script-src *',
    'a,b',
    'a\r\nx: y',
    'data:',
    'ftp://a.org',
    'a.org/x',
    'a.*.org',
    'u@a.org',
    '',
  ]
  for (const each of wrong) expect((await change([each])).statusCode, each).toBe(400)
  expect((await change(Array.from({ length: 51 }, (_, at) => `e${at}.org`))).statusCode).toBe(400)
  expect(await policy(`/embed${path}`)).toMatch(listed)
  const audit = (await as(ada).inject({ url: '/api/audit-events' })).json().items
  expect(audit).toContainEqual(
    expect.objectContaining({ action: 'workspace.settings-changed', details: { embedSites: kept.embedSites } }),
  )
  await change([])
  expect(await policy(`/embed${path}`)).toContain('frame-ancestors *')
})
