import { readInit } from '@meanwhile/shared/media/cmaf'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { type Cut, cutRecording, joined } from '../support/cut.ts'

const { app, as, given, send, finish } = await startApp()
const ada = await given.person('Ada')
const before = await cutRecording({ ms: 4000 })
// Another rate has another timescale: measured by the wrong init segment, its lengths would be wrong.
const after = await cutRecording({ ms: 3000, size: '640x360', rate: 25 })
const cut = joined(before, after)
const [initAgain, mediaAfter] = [3, 4]

const started = async (tracks = ['main']) => `${(await given.update(ada, { title: 'Take', video: { tracks } })).videoId}`
const upload = async (videoId: string) => (await as(ada).inject({ url: `/api/videos/${videoId}/upload` })).json()
const sendAll = async (videoId: string, numbers: number[], track = 'main', take: Cut = cut) => {
  for (const number of numbers) expect((await send(ada, videoId, track, number, take)).statusCode).toBe(201)
}
const playlist = async (videoId: string, track = 'main') => {
  const { playback } = (await as(ada).inject({ url: `/api/videos/${videoId}` })).json()
  return (await app.inject({ url: playback.hls.replace('master.m3u8', `${track}/playlist.m3u8`) })).body
}

test('an encoder that starts anew goes on in the same recording: its init segment has a number and no length', async () => {
  const videoId = await started()
  await sendAll(videoId, cut.numbers)
  expect((await send(ada, videoId, 'main', initAgain, cut)).json()).toMatchObject({ number: initAgain, durationMs: 0 })
  expect((await upload(videoId)).tracks.main).toMatchObject({ ranges: [[0, 5]], durationMs: 7000 })
  const finished = await finish(ada, videoId, { main: { segments: 5 } })
  expect(finished.json()).toMatchObject({ state: 'processing', recordedMs: 7000, durationMs: 7000, width: 320, height: 180 })
})

test('the playlist says where the coding changes', async () => {
  const videoId = await started()
  await sendAll(videoId, cut.numbers)
  const lines = (await playlist(videoId)).split('\n').slice(6, -1)
  expect(lines).toEqual([
    '#EXT-X-MAP:URI="000000.m4s"',
    '#EXTINF:2.00000,',
    '000001.m4s',
    '#EXTINF:2.00000,',
    '000002.m4s',
    '#EXT-X-DISCONTINUITY',
    '#EXT-X-MAP:URI="000003.m4s"',
    '#EXTINF:2.00000,',
    '000004.m4s',
    '#EXTINF:1.00000,',
    '000005.m4s',
  ])
})

test('whatever order they arrive in, media is measured by its own init segment', async () => {
  for (const order of [
    [5, 4, 3, 2, 1, 0],
    [0, 1, 4, 2, 5, 3],
    [4, 5, 3, 1, 2, 0],
  ]) {
    const videoId = await started()
    await sendAll(videoId, order)
    expect((await upload(videoId)).tracks.main).toMatchObject({ ranges: [[0, 5]], durationMs: 7000 })
  }
})

test('all at the same moment come out the same', async () => {
  const videoId = await started()
  const answers = await Promise.all([...cut.numbers, ...cut.numbers].map((number) => send(ada, videoId, 'main', number, cut)))
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([...Array(6).fill(200), ...Array(6).fill(201)])
  expect((await upload(videoId)).tracks.main).toMatchObject({ ranges: [[0, 5]], durationMs: 7000 })
})

test('an init segment that has not arrived is a hole as any other', async () => {
  const videoId = await started()
  await sendAll(videoId, [0, 1, 2, 4, 5])
  expect((await upload(videoId)).tracks.main).toMatchObject({
    ranges: [
      [0, 2],
      [4, 5],
    ],
    durationMs: 4000,
  })
  expect(await playlist(videoId)).not.toContain('DISCONTINUITY')
  expect((await finish(ada, videoId, { main: { segments: 5 } })).json()).toMatchObject({ missing: { main: [initAgain] } })
})

const silent = await cutRecording({ ms: 4000, sound: false })
const heard = await cutRecording({ ms: 4000, picture: false })

test('media of another coding is refused right behind an init segment, and waits where one may be missing', async () => {
  const take = { ...cut, bytes: (number: number) => (number === 0 ? silent.bytes(0) : before.bytes(number)) }
  const videoId = await started()
  await sendAll(videoId, [0], 'main', take)
  expect((await send(ada, videoId, 'main', 1, take)).json()).toMatchObject({
    type: '/problems/not-cmaf',
    status: 422,
    detail: expect.stringMatching(/track 2/),
  })
  expect((await send(ada, videoId, 'main', 2, take)).statusCode).toBe(201)
  const init = await send(ada, videoId, 'main', 1, { ...cut, bytes: () => before.bytes(0) })
  expect(init.statusCode).toBe(201)
  expect((await upload(videoId)).tracks.main).toMatchObject({ ranges: [[0, 2]], durationMs: 2000 })
})

test('an init segment is refused that what follows it does not belong to', async () => {
  const videoId = await started()
  await sendAll(videoId, [0, 1, 2])
  await sendAll(videoId, [mediaAfter])
  const wrong = await send(ada, videoId, 'main', initAgain, { ...cut, bytes: () => silent.bytes(0) })
  expect(wrong.json()).toMatchObject({ status: 422, detail: expect.stringMatching(/segment 4 does not belong to it/) })
  expect((await upload(videoId)).tracks.main.ranges).toEqual([
    [0, 2],
    [4, 4],
  ])
})

test('nothing but init segments is no recording', async () => {
  const videoId = await started()
  const inits = { ...cut, bytes: () => before.bytes(0) }
  await sendAll(videoId, [0, 1], 'main', inits)
  expect((await finish(ada, videoId, { main: { segments: 1 } })).json()).toMatchObject({
    type: '/problems/invalid-request',
    status: 400,
  })
})

test('the camera has a playlist of its own, and then the source is the only choice that is made by itself', async () => {
  const videoId = await started(['main', 'camera'])
  await sendAll(videoId, cut.numbers)
  await sendAll(videoId, silent.numbers, 'camera', silent)
  const finished = await finish(ada, videoId, { main: { segments: 5 }, camera: { segments: 2 } })
  const { playback, stages, layout } = finished.json()
  expect(layout).toBeNull()
  expect(stages.map(({ name }: { name: string }) => name)).toEqual([
    'probe',
    'original',
    'camera',
    'poster',
    'silence',
    'preview',
    'storyboard',
    'download',
    'renditions',
  ])
  expect(playback.camera).toEqual({ hls: playback.hls.replace('master.m3u8', 'camera/playlist.m3u8'), file: null })
  const camera = await app.inject({ url: playback.camera.hls })
  expect(camera.body.match(/^\d{6}\.m4s$/gm)).toEqual(['000001.m4s', '000002.m4s'])
  const master = await app.inject({ url: playback.hls })
  expect(master.body.match(/\.m3u8$/gm)).toHaveLength(1)
})

test('a recording of sound alone plays, and says that it has no picture', async () => {
  const videoId = await started()
  await sendAll(videoId, heard.numbers, 'main', heard)
  const video = (await finish(ada, videoId, { main: { segments: heard.numbers.length - 1 } })).json()
  expect(video).toMatchObject({ hasPicture: false, width: null, height: null, state: 'processing' })
  expect(Math.abs(video.recordedMs - 4000)).toBeLessThan(100)
  const master = (await app.inject({ url: video.playback.hls })).body
  expect(master).toContain('CODECS="mp4a.40.2"')
  expect(master).not.toContain('RESOLUTION')
})

test('both takes really are coded differently', async () => {
  const sizes = await Promise.all(
    [0, initAgain].map(async (number) => {
      const bytes = await cut.bytes(number)
      const read = async (offset: number, length: number) => new Uint8Array(bytes.subarray(offset, offset + length))
      return (await readInit({ sizeBytes: bytes.length, read })).tracks[0]
    }),
  )
  expect(sizes[0]?.timescale).not.toBe(sizes[1]?.timescale)
})
