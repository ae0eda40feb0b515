import { mediaToken } from '@meanwhile/server/media/token'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { app, as, given, send, env } = await startApp()
const cut = await cutRecording()
const ada = await given.person('Ada')
const { videoId } = await given.recording(ada, cut)
const other = await given.recording(ada, cut)
const { playback } = (await as(ada).inject({ url: `/api/videos/${videoId}` })).json()
const base = playback.hls.replace('/master.m3u8', '')
const bytes = await cut.bytes(1)
const get = (path: string, headers: Record<string, string> = {}) => app.inject({ url: `${base}/${path}`, headers })

test('media is fetched by its path alone, may be kept privately, and never sets a cookie', async () => {
  const answer = await get('main/000001.m4s')
  expect(answer.rawPayload).toEqual(bytes)
  expect(answer.headers).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': String(bytes.length),
    'accept-ranges': 'bytes',
    'cache-control': expect.stringMatching(/^private, max-age=\d+, immutable$/),
    'x-content-type-options': 'nosniff',
  })
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test('everybody gets the same playlist in the same window', async () => {
  const ben = await given.person('Ben')
  const his = (await as(ben).inject({ url: `/api/videos/${videoId}` })).json()
  expect(his.playback.hls).toBe(playback.hls)
})

test.each([
  ['bytes=0-0', 206, (all: Buffer) => all.subarray(0, 1)],
  ['bytes=10-19', 206, (all: Buffer) => all.subarray(10, 20)],
  ['bytes=-5', 206, (all: Buffer) => all.subarray(-5)],
  ['bytes=100-', 206, (all: Buffer) => all.subarray(100)],
  ['bytes=0-999999999', 206, (all: Buffer) => all],
  ['bytes=5-2', 200, (all: Buffer) => all],
  ['lines=0-5', 200, (all: Buffer) => all],
  ['bytes=0-1,3-4', 200, (all: Buffer) => all],
])('the range %s answers %i', async (range, status, part) => {
  const answer = await get('main/000001.m4s', { range })
  expect(answer.statusCode).toBe(status)
  expect(answer.rawPayload).toEqual(part(bytes))
  if (status === 206) expect(answer.headers['content-range']).toMatch(new RegExp(`^bytes \\d+-\\d+/${bytes.length}$`))
})

test.each(['bytes=99999999-', 'bytes=-0'])('the range %s cannot be satisfied', async (range) => {
  const answer = await get('main/000001.m4s', { range })
  expect(answer.json()).toMatchObject({ type: '/problems/range-not-satisfiable', status: 416 })
  expect(answer.headers['content-range']).toBe(`bytes */${bytes.length}`)
})

test('a file that did not change is not sent again, and HEAD tells what GET would', async () => {
  const first = await get('main/000001.m4s')
  expect((await get('main/000001.m4s', { 'if-none-match': String(first.headers.etag) })).statusCode).toBe(304)
  expect((await get('main/000001.m4s', { range: 'bytes=0-1', 'if-range': '"another"' })).statusCode).toBe(200)
  const head = await app.inject({ method: 'HEAD', url: `${base}/main/000001.m4s` })
  expect(head.headers).toMatchObject({
    'content-length': String(bytes.length),
    'content-type': 'video/mp4',
    etag: first.headers.etag,
  })
  expect(head.rawPayload.length).toBe(0)
})

const paths = [
  'master.m3u8',
  'main/playlist.m3u8',
  'main/000000.m4s',
  'main/000001.m4s',
  'download/original.mp4',
  `${videoId}/poster.jpg`,
]

test.each(paths)('%s answers 403 for a link that has expired, that is forged, and that is for another video', async (path) => {
  const answerFor = async (token: string) => (await app.inject({ url: `/media/${token}/${videoId}/${path}` })).json()
  expect(await answerFor(mediaToken(env.MEDIA_SECRET, videoId, Date.now() - 1000))).toMatchObject({
    type: '/problems/media-link-expired',
    status: 403,
  })
  expect(await answerFor(mediaToken('another secret', videoId, Date.now() + 60_000))).toMatchObject({
    type: '/problems/media-link-invalid',
    status: 403,
  })
  expect(await answerFor(mediaToken(env.MEDIA_SECRET, other.videoId, Date.now() + 60_000))).toMatchObject({
    type: '/problems/media-link-invalid',
    status: 403,
  })
})

test.each([
  'main/..%2f..%2f..%2fsecrets.json',
  'main/%2e%2e/%2e%2e/secrets.json',
  '..%2f..%2fsecrets.json/x.mp4',
  'main/000001.m4s%00.jpg',
  'main/..\\..\\secrets.json',
  'main//000001.m4s',
  'main/000001.m4s;x',
  'camera/000001.m4s',
  'main/999999.m4s',
  'constructor/playlist.m3u8',
])('the path %s leads nowhere', async (path) => {
  const answer = await get(path)
  expect([400, 403, 404]).toContain(answer.statusCode)
  expect(answer.headers['content-type']).toMatch('application/problem+json')
})

test('while it is recorded, the author can play what has arrived without a hole', async () => {
  const update = await given.update(ada, { video: { tracks: ['main'] } })
  for (const number of [0, 1, 3]) await send(ada, `${update.videoId}`, 'main', number, cut)
  const video = (await as(ada).inject({ url: `/api/videos/${update.videoId}` })).json()
  const playlist = await app.inject({ url: video.playback.hls.replace('master.m3u8', 'main/playlist.m3u8') })
  expect(playlist.body).toContain('#EXT-X-PLAYLIST-TYPE:EVENT')
  expect(playlist.body.match(/\d{6}\.m4s$/gm)).toEqual(['000001.m4s'])
  expect(playlist.body).not.toContain('#EXT-X-ENDLIST')
})
