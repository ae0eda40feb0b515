import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { as, given, send, finish } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording()

const started = async () => `${(await given.update(ada, { title: 'Take', video: { tracks: ['main', 'camera'] } })).videoId}`
const report = (videoId: string, payload: object) =>
  as(ada).inject({ method: 'PUT', url: `/api/videos/${videoId}/upload`, payload })
const receipt = async (videoId: string, person = ada) =>
  (await as(person).inject({ url: `/api/videos/${videoId}/receipt` })).json()
const main = { segments: 7, durationMs: 12_900 }

test('a receipt says what was recorded, what of it has arrived, and how long it is by the clock of the recorder', async () => {
  const videoId = await started()
  for (const number of [0, 1, 2]) await send(ada, videoId, 'main', number, cut)
  expect(await receipt(videoId)).toMatchObject({ tracks: { main: { recorded: null, received: 2 } }, clockMs: null })

  const answer = await report(videoId, { tracks: { main }, clockMs: 13_000 })
  expect(answer.json()).toMatchObject({
    state: 'recording',
    tracks: { main: { ranges: [[0, 2]], durationMs: 4000 } },
    file: null,
  })
  expect(await receipt(videoId)).toEqual({
    tracks: {
      main: { recorded: 7, received: 2, checked: 0, heldBack: 0, filled: 0 },
      camera: { recorded: null, received: 0, checked: 0, heldBack: 0, filled: 0 },
    },
    clockMs: 13_000,
    receivedMs: 4000,
    probedMs: null,
    recoveredAt: null,
    finishedAt: null,
  })
})

test('after the end the receipt goes by what the recorder said at the end, and a late report changes nothing', async () => {
  const videoId = await started()
  for (const number of cut.numbers) await send(ada, videoId, 'main', number, cut)
  await as(ada).inject({
    method: 'POST',
    url: `/api/videos/${videoId}/finish`,
    payload: { tracks: { main: { segments: 3 } }, clockMs: 5010 },
  })
  expect((await report(videoId, { tracks: { main }, clockMs: 99_000 })).statusCode).toBe(200)
  expect(await receipt(videoId, ben)).toMatchObject({
    tracks: { main: { recorded: 3, received: 3 } },
    clockMs: 5010,
    receivedMs: 5000,
    finishedAt: expect.any(String),
  })
})

test.each([
  ['a track that there is not', { tracks: { audio: main }, clockMs: 0 }],
  ['a track that nobody knows', { tracks: { constructor: main }, clockMs: 0 }],
  ['no clock', { tracks: { main } }],
  ['a clock that runs backwards', { tracks: { main }, clockMs: -1 }],
  ['more than a day', { tracks: { main }, clockMs: 86_400_001 }],
  ['a part of a segment', { tracks: { main: { ...main, segments: 1.5 } }, clockMs: 0 }],
  ['more segments than there can be', { tracks: { main: { ...main, segments: 20_001 } }, clockMs: 0 }],
  ['a length that is a text', { tracks: { main: { ...main, durationMs: '5' } }, clockMs: 0 }],
  ['nothing', {}],
])('a report of %s is refused', async (_what, payload) => {
  expect((await report(await started(), payload)).json()).toMatchObject({ type: '/problems/invalid-request', status: 400 })
})

test.each([-1, 0.5, 86_400_001, '5', null])('finishing with the clock at %j is refused', async (clockMs) => {
  const videoId = await started()
  const payload = { tracks: { main: { segments: 3 } }, clockMs }
  const refused = await as(ada).inject({ method: 'POST', url: `/api/videos/${videoId}/finish`, payload })
  expect(refused.json()).toMatchObject({ status: 400, errors: [{ field: 'clockMs' }] })
})

test('finishing twice at the same moment answers both alike', async () => {
  const videoId = await started()
  for (const number of cut.numbers) await send(ada, videoId, 'main', number, cut)
  const answers = await Promise.all([1, 2, 3].map(() => finish(ada, videoId, { main: { segments: 3 } })))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
  expect(new Set(answers.map((answer) => answer.json().finishedAt)).size).toBe(1)
})
