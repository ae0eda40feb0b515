import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import { guestsOn } from '../support/guest.ts'

const { app, given, env } = await startApp()
const { share, tokenOf, revoke, guest } = guestsOn(app)
const ada = await given.person('Ada')
const { id } = await given.recording(ada, await cutRecording(), 'Zanzibar')
const password = 'open sesame'
const locked = await share(ada, id, { password })
const open = await share(ada, id)
const page = (token: string, cookie = '') => app.inject({ url: `/s/${token}`, headers: { accept: 'text/html', cookie } })
/** What is left of an answer without the id of its request. */
const told = ({ statusCode, body, headers }: Awaited<ReturnType<typeof page>>) => ({
  statusCode,
  type: headers['content-type'],
  body: body.replace(/"instance":"[^"]*"/, ''),
})

test('whatever is no token leads nowhere, in the same words', async () => {
  const others = [tokenOf(open).slice(0, -1), `${tokenOf(open).slice(0, -2)}__`, 'x', id, '__proto__', 'A'.repeat(48)]
  const nothing = told(await app.inject({ url: `/api/share/${'B'.repeat(48)}` }))
  expect(nothing.statusCode).toBe(404)
  for (const token of others) {
    expect(told(await app.inject({ url: `/api/share/${encodeURIComponent(token)}` })), token).toEqual(nothing)
    const opened = await app.inject({
      method: 'POST',
      url: `/api/share/${encodeURIComponent(token)}/open`,
      payload: { password },
    })
    expect(told(opened), token).toEqual(nothing)
    const read = await app.inject({ url: `/api/updates/${id}`, headers: { 'meanwhile-share': token } })
    expect(told(read), token).toEqual(nothing)
  }
})

test('before the password nothing says what a link leads to: not its page, its picture, its frame nor oEmbed', async () => {
  const token = tokenOf(locked)
  for (const url of [
    `/s/${token}`,
    `/embed/s/${token}`,
    `/s/${token}/poster.jpg`,
    `/api/share/${token}`,
    `/api/oembed?url=${encodeURIComponent(locked.url)}`,
  ]) {
    const { body, headers } = await app.inject({ url, headers: { accept: 'text/html' } })
    expect(body + JSON.stringify(headers), url).not.toMatch(new RegExp(`Zanzibar|Ada|${id}|og:|ld\\+json`))
  }
  expect((await app.inject({ url: `/api/oembed?url=${encodeURIComponent(locked.url)}` })).statusCode).toBe(404)
  const mia = await guest(locked, { password })
  const inside = await page(token, mia.cookie)
  expect(inside.body).toContain('Zanzibar')
  // Who shares their screen, or a preview that somebody's program makes, is not told by tags.
  expect(inside.body).not.toMatch(/og:|ld\+json/)
  expect(inside.headers['x-robots-tag']).toBe('noindex')
})

test('a public link has previews, a player for cards and frames; search engines are kept out until the author lets them in', async () => {
  const hidden = await page(tokenOf(open))
  expect(hidden.statusCode).toBe(200)
  expect(hidden.body).toContain('<meta property="og:title" content="Zanzibar">')
  expect(hidden.body).toContain(`<meta property="twitter:player" content="${open.embedUrl}">`)
  expect(hidden.body).toContain('<meta name="robots" content="noindex">')
  expect(hidden.headers).toMatchObject({ 'x-robots-tag': 'noindex', 'cache-control': 'no-store' })
  expect(hidden.headers['content-security-policy']).toContain("frame-ancestors 'none'")
  const listed = await page(tokenOf(await share(ada, id, { isIndexed: true })))
  expect(listed.headers['x-robots-tag']).toBeUndefined()
  expect(listed.body).not.toContain('noindex')
  const framed = await app.inject({ url: new URL(open.embedUrl).pathname, headers: { accept: 'text/html' } })
  expect(framed.headers['content-security-policy']).toContain('frame-ancestors *')
  expect(framed.headers['set-cookie']).toBeUndefined()
  const oembed = await app.inject({ url: `/api/oembed?url=${encodeURIComponent(open.url)}` })
  expect(oembed.json()).toMatchObject({ title: 'Zanzibar', html: expect.stringContaining(`src="${open.embedUrl}"`) })
})

test('whoever guesses links is refused after three hundred in a minute (R02)', async () => {
  const guess = () => app.inject({ url: `/api/share/${'C'.repeat(48)}`, remoteAddress: '198.51.100.7' })
  const statuses: number[] = []
  while (statuses.length < 310)
    statuses.push(...(await Promise.all(Array.from({ length: 10 }, guess))).map(({ statusCode }) => statusCode))
  expect(statuses.filter((status) => status === 404).length).toBe(300)
  expect(statuses.filter((status) => status === 429).length).toBe(10)
})

test('a password in an address opens nothing, for it would stay in histories and logs (R03)', async () => {
  const token = tokenOf(locked)
  const query = `?password=${encodeURIComponent(password)}`
  const opened = await app.inject({ method: 'POST', url: `/api/share/${token}/open${query}`, payload: {} })
  expect(opened.json()).toMatchObject({ type: '/problems/share-link-locked' })
  expect(opened.headers['set-cookie']).toBeUndefined()
  for (const url of [`/s/${token}${query}`, `/embed/s/${token}${query}`, `/api/share/${token}${query}`])
    expect((await app.inject({ url, headers: { accept: 'text/html' } })).body, url).not.toContain('Zanzibar')
})

test('an ended link says so by its status, and nothing else', async () => {
  const gone = await share(ada, id)
  await revoke(ada, gone)
  const answer = await page(tokenOf(gone))
  expect(answer.statusCode).toBe(410)
  expect(answer.body).not.toMatch(/Zanzibar|Ada/)
  expect((await page('nothing')).statusCode).toBe(404)
  expect((await app.inject({ url: `/api/oembed?url=${encodeURIComponent(gone.url)}` })).statusCode).toBe(404)
})

test('guessing the password of a link is slowed down, for each link and address', async () => {
  const link = await share(ada, id, { password })
  const guess = (token: string, remoteAddress: string) =>
    app.inject({ method: 'POST', url: `/api/share/${token}/open`, payload: { password: 'a guess' }, remoteAddress })
  // All at once: one after the other they take longer than the minute that counts on a slow machine.
  const guesses = await Promise.all(Array.from({ length: 22 }, () => guess(tokenOf(link), '10.0.0.1')))
  const codes = guesses.map(({ statusCode }) => statusCode).toSorted()
  expect(codes).toEqual([...Array(20).fill(403), 429, 429])
  expect((await guess(tokenOf(link), '10.0.0.2')).statusCode).toBe(403)
  expect((await guess(tokenOf(locked), '10.0.0.1')).statusCode).toBe(403)
})

test('a guest cookie of one link, or one that was made up, opens no other', async () => {
  const mia = await guest(open, { name: 'Mia' })
  const forged = mia.cookie.replaceAll(open.id, locked.id)
  const answer = await app.inject({ url: `/api/updates/${id}`, headers: { cookie: forged, 'meanwhile-share': tokenOf(locked) } })
  expect(answer.json()).toMatchObject({ status: 401, type: '/problems/share-link-locked' })
  // Without its token a cookie says nothing.
  expect((await app.inject({ url: `/api/updates/${id}`, headers: { cookie: mia.cookie } })).statusCode).toBe(401)
  expect(mia.opened.headers['set-cookie']).toMatch(/HttpOnly; SameSite=Lax/)
  expect(env.PUBLIC_URL).toMatch(/^http:/)
})
