import { mkdir, writeFile } from 'node:fs/promises'
import { mediaToken } from '@meanwhile/server/media/token'
import { expect, test, vi } from 'vitest'
import { cutRecording } from '../support/cut.ts'
import { guestsOn } from '../support/guest.ts'
import { startSite } from '../support/site.ts'

const { app, as, given, env, storage, startWorker } = await startSite()
const { share, tokenOf, revoke } = guestsOn(app)
const ada = await given.person('Ada')
const { id, videoId } = await given.recording(ada, await cutRecording({ ms: 3000 }), 'a"\r\nSet-Cookie: x=1\r\n<script>')
const other = await given.recording(ada, await cutRecording({ ms: 2000 }))
await as(ada).inject({
  method: 'PUT',
  url: `/api/videos/${videoId}/captions/en`,
  headers: { 'content-type': 'text/vtt' },
  payload: 'WEBVTT\n\n00:00.000 --> 00:02.000\nHi',
})
await startWorker()
const readVideo = async () => (await as(ada).inject({ url: `/api/videos/${videoId}` })).json()
const video = await vi.waitUntil(
  async () => {
    const now = await readVideo()
    return now.state === 'ready' && now
  },
  { timeout: 120_000, interval: 500 },
)
const listed = [...JSON.stringify(video).matchAll(/"(\/media\/[^"]+)"/g)].map(([, url]) => `${url}`)
const base = video.playback.hls.replace('master.m3u8', '')
/** Each kind of file that belongs to a video: lists, init and media segments, and all that its stages and its author made. */
const urls = [...new Set([...listed, `${base}main/playlist.m3u8`, `${base}main/000000.m4s`, `${base}main/000001.m4s`])]
const withToken = (url: string, token: string) => url.replace(/^\/media\/[^/]+/, `/media/${token}`)
const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })

test('every kind of file is refused alike with a link that has expired, was made up or is of another video (R04)', async () => {
  const kinds = urls.map((url) => url.split('.').at(-1))
  expect(new Set(kinds)).toEqual(new Set(['m3u8', 'm4s', 'mp4', 'm4a', 'jpg', 'vtt', 'json']))
  expect(urls.some((url) => url.includes('/download/'))).toBe(true)
  for (const url of urls) {
    expect((await get(url)).statusCode, url).toBe(200)
    const problemWith = async (token: string) => (await get(withToken(url, token))).json().type
    expect(await problemWith(mediaToken(env.MEDIA_SECRET, videoId, Date.now() - 1000)), url).toBe('/problems/media-link-expired')
    expect(await problemWith(mediaToken('another secret', videoId, Date.now() + 60_000)), url).toBe(
      '/problems/media-link-invalid',
    )
    expect(await problemWith(mediaToken(env.MEDIA_SECRET, other.videoId, Date.now() + 60_000)), url).toBe(
      '/problems/media-link-invalid',
    )
    expect(await problemWith('x'), url).toBe('/problems/media-link-invalid')
  }
})

test('the picture of a shared link ends with it (R04)', async () => {
  const link = await share(ada, id)
  const poster = `/s/${tokenOf(link)}/poster.jpg`
  expect((await get(poster)).statusCode).toBe(302)
  await revoke(ada, link)
  expect((await get(poster)).statusCode).toBe(410)
})

test('of every kind of file HEAD tells what GET does, nothing is compressed, sniffed, or comes with a cookie (R06, R11, R38)', async () => {
  for (const url of urls) {
    const whole = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br', cookie: ada.cookie } })
    const head = await app.inject({ method: 'HEAD', url, headers: { 'accept-encoding': 'gzip, br' } })
    expect(head.rawPayload.length, url).toBe(0)
    for (const name of ['content-length', 'content-type', 'etag', 'accept-ranges', 'content-disposition'])
      expect(head.headers[name], `${name} of ${url}`).toBe(whole.headers[name])
    expect(whole.headers, url).toMatchObject({ 'x-content-type-options': 'nosniff' })
    expect(whole.headers['cache-control'], url).toMatch(/^private/)
    expect(whole.headers['content-encoding'], url).toBeUndefined()
    expect(whole.headers['set-cookie'], url).toBeUndefined()
    expect(whole.headers['content-type'], url).not.toMatch(/html|svg|xml|javascript/)
  }
})

test('who has a file already is not sent it again, however they say which one they have (R11)', async () => {
  const url = `${base}main/000001.m4s`
  const etag = String((await get(url)).headers.etag)
  for (const known of [etag, `"another", ${etag}`, `W/${etag}`, '*'])
    expect((await get(url, { 'if-none-match': known })).statusCode, known).toBe(304)
  expect((await get(url, { 'if-none-match': '"another"' })).statusCode).toBe(200)
  expect((await get(url, { range: 'bytes=0-1', 'if-range': etag })).statusCode).toBe(206)
  expect((await get(url, { range: 'bytes=0-1', 'if-range': 'Wed, 21 Oct 2015 07:28:00 GMT' })).statusCode).toBe(200)
})

test('a thousand ranges are answered with the whole, once (R10)', async () => {
  const url = `${base}main/000001.m4s`
  const range = `bytes=${Array.from({ length: 1000 }, (_, index) => `${index}-${index}`).join(',')}`
  const answer = await get(url, { range })
  expect(answer.statusCode).toBe(200)
  expect(answer.rawPayload.length).toBe(Number(answer.headers['content-length']))
})

test('the title of a recording cannot leave the header of its download (R38)', async () => {
  const { headers } = await get(video.playback.download)
  expect(headers['set-cookie']).toBeUndefined()
  expect(headers['content-disposition']).toMatch(/^attachment; filename="a-Set-Cookie- x=1[^"\r\n]*"/)
})

test.each([
  'main/..%2f..%2f..%2fcanary',
  'main/%2e%2e/%2e%2e/%2e%2e/canary',
  'main/%252e%252e%252f%252e%252e%252fcanary',
  '..%5c..%5ccanary/x.mp4',
  'main/..;/..;/canary',
  'main/%c0%ae%c0%ae%c0%afcanary',
  `${crypto.randomUUID()}/..%2fcanary.mp4`,
  'main/000001.m4s%00canary',
])('the path %s leads out of nothing (R05)', async (path) => {
  // Where a path that is believed would lead.
  for (const folder of [env.DATA_DIR, env.MEDIA_DIR, `${env.MEDIA_DIR}/objects`, storage.incomingDir]) {
    await mkdir(folder, { recursive: true })
    await writeFile(`${folder}/canary`, 'a canary')
    await writeFile(`${folder}/canary.mp4`, 'a canary')
  }
  for (const url of [base + path, `http://evil.example${base}${path}`]) {
    const answer = await app.inject({ url })
    expect([400, 403, 404], answer.body).toContain(answer.statusCode)
    expect(answer.body).not.toContain('a canary')
  }
})
