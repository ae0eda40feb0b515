import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { app, as, given, send, finish } = await startApp()
const cut = await cutRecording()
const ada = await given.person('Ada')
const ben = await given.person('Ben')

test('what was recorded plays for a member the moment it is finished', async () => {
  const { id, videoId } = await given.recording(ada, cut)

  const seen = await as(ben).inject({ url: `/api/updates/${id}` })
  expect(seen.json()).toMatchObject({
    id,
    videoId,
    author: { name: 'Ada' },
    canEdit: false,
    video: { state: 'processing', durationMs: 5000 },
  })

  const video = (await as(ben).inject({ url: `/api/videos/${videoId}` })).json()
  expect(video).toMatchObject({ state: 'processing', durationMs: 5000, width: 320, height: 180, playback: { original: null } })
  const master = await app.inject({ url: video.playback.hls })
  expect(master.body).toContain('RESOLUTION=320x180')
  const playlist = await app.inject({ url: new URL('main/playlist.m3u8', `http://x${video.playback.hls}`).pathname })
  expect(playlist.body).toContain('#EXT-X-ENDLIST')
  expect(playlist.body.match(/#EXTINF:[\d.]+/g)).toEqual(['#EXTINF:2.00000', '#EXTINF:2.00000', '#EXTINF:1.00000'])
  const segment = await app.inject({ url: new URL('main/000002.m4s', `http://x${video.playback.hls}`).pathname })
  expect(segment.rawPayload).toEqual(await cut.bytes(2))
})

test('finishing twice says the same, and only the first time makes work', async () => {
  const { videoId } = await given.recording(ada, cut)
  const again = await finish(ada, videoId, { main: { segments: 3 } })
  expect(again.statusCode).toBe(200)
  expect(again.json().stages.map(({ name }: { name: string }) => name)).toEqual([
    'probe',
    'original',
    'poster',
    'silence',
    'preview',
    'storyboard',
    'renditions',
  ])
})

test('a draft is seen by its author alone', async () => {
  const { id, videoId } = await given.update(ada, { video: { tracks: ['main'] } })
  await send(ada, `${videoId}`, 'main', 0, cut)
  expect((await as(ada).inject({ url: `/api/updates/${id}` })).json()).toMatchObject({
    publishedAt: null,
    video: { state: 'recording' },
  })
  expect((await as(ben).inject({ url: `/api/updates/${id}` })).statusCode).toBe(404)
})
