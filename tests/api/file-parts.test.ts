import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { fileParts, videos } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { as, given, send, sendPart, finish, storage, db } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording()
const parts = [1, 2, 3].map((number) => randomBytes(1000 * number))
const sizeBytes = 6000

const started = async () => `${(await given.update(ada, { title: 'Zoom', video: { tracks: ['main'] } })).videoId}`
const put = (videoId: string, number: number, change?: Record<string, string>) =>
  sendPart(ada, videoId, number, parts[number - 1] ?? Buffer.from('beyond'), change)
const finishFile = (videoId: string, payload: object, person = ada) =>
  as(person).inject({ method: 'POST', url: `/api/videos/${videoId}/file/finish`, payload })
const upload = async (videoId: string) => (await as(ada).inject({ url: `/api/videos/${videoId}/upload` })).json()
const whole = { parts: 3, sizeBytes }

async function uploaded() {
  const videoId = await started()
  for (const number of [1, 2, 3]) expect((await put(videoId, number)).statusCode).toBe(201)
  return videoId
}

test('a part is stored once: the same bytes again answer 200, other bytes 409, and the first stay', async () => {
  const videoId = await started()
  expect((await put(videoId, 1)).statusCode).toBe(201)
  const again = await put(videoId, 1)
  expect(again.statusCode).toBe(200)
  expect(again.json()).toEqual({ number: 1, sizeBytes: 1000, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
  const other = await sendPart(ada, videoId, 1, Buffer.from('other'))
  expect(other.json()).toMatchObject({ type: '/problems/part-conflict', status: 409 })
  expect((await upload(videoId)).file).toEqual({ ranges: [[1, 1]], sizeBytes: 1000 })
  expect(await storage.size(keys.filePart(videoId, 1))).toBe(1000)
})

test('two writers of one part at the same moment leave one of them, and say so', async () => {
  const videoId = await started()
  const answers = await Promise.all([0, 1, 0, 1].map((index) => sendPart(ada, videoId, 1, parts[index]!)))
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 201, 409, 409])
})

test('a corrupted part and an empty one are refused, and nothing of them is stored', async () => {
  const videoId = await started()
  const corrupted = await put(videoId, 1, { sha256: 'f'.repeat(64) })
  expect(corrupted.json()).toMatchObject({ type: '/problems/checksum-mismatch', status: 422 })
  expect((await sendPart(ada, videoId, 1, Buffer.alloc(0))).json()).toMatchObject({
    type: '/problems/invalid-request',
    status: 400,
  })
  expect((await upload(videoId)).file).toBeNull()
})

test('a part of more than 32 MiB is refused with 413', async () => {
  const refused = await sendPart(ada, await started(), 1, Buffer.alloc(33 * 1024 * 1024))
  expect(refused.json()).toMatchObject({ type: '/problems/part-too-large', status: 413 })
})

test('parts may arrive in any order; finishing lists those that are missing', async () => {
  const videoId = await started()
  await put(videoId, 3)
  const refused = await finishFile(videoId, { parts: 4, sizeBytes })
  expect(refused.json()).toMatchObject({ type: '/problems/parts-missing', status: 409, missing: { file: [1, 2, 4] } })
  for (const number of [2, 1]) await put(videoId, number)
  expect((await upload(videoId)).file).toEqual({ ranges: [[1, 3]], sizeBytes })
  expect((await finishFile(videoId, { ...whole, name: ' Weekly.mov ', clockMs: 5010 })).statusCode).toBe(200)
  const [row] = await db.select().from(videos).where(eq(videos.id, videoId))
  expect(row).toMatchObject({ file: { ...whole, name: 'Weekly.mov' }, clockMs: 5010 })
})

test('a file that is complete is made into segments by the worker; until then nobody else sees it', async () => {
  const videoId = await uploaded()
  const finished = (await finishFile(videoId, whole)).json()
  expect(finished).toMatchObject({ state: 'processing', finishedAt: null, stages: [{ name: 'import', state: 'waiting' }] })
  expect(finished.playback.hls).toBeNull()
  expect((await as(ben).inject({ url: `/api/videos/${videoId}` })).statusCode).toBe(404)
})

test('finished twice is finished once; finished otherwise is refused', async () => {
  const videoId = await uploaded()
  const both = await Promise.all([finishFile(videoId, whole), finishFile(videoId, whole)])
  expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 200])
  expect((await finishFile(videoId, { parts: 2, sizeBytes: 3000 })).json()).toMatchObject({ type: '/problems/finish-conflict' })
  expect((await put(videoId, 2)).statusCode).toBe(200)
  expect((await sendPart(ada, videoId, 4, Buffer.from('late'))).json()).toMatchObject({ type: '/problems/video-finished' })
})

test('after its segments are made the parts are gone, and the answer is still that they had arrived', async () => {
  const videoId = await uploaded()
  await finishFile(videoId, whole)
  await db.delete(fileParts).where(eq(fileParts.videoId, videoId))
  expect((await upload(videoId)).file).toEqual({ ranges: [[1, 3]], sizeBytes })
  expect((await finishFile(videoId, whole)).statusCode).toBe(200)
})

test('a file is not finished shorter than what has arrived, nor with another size', async () => {
  const videoId = await uploaded()
  for (const told of [
    { parts: 2, sizeBytes: 3000 },
    { parts: 3, sizeBytes: 5999 },
  ])
    expect((await finishFile(videoId, told)).json()).toMatchObject({ type: '/problems/finish-conflict', status: 409 })
})

test('a video takes segments or a file, not both', async () => {
  const segmented = await started()
  await send(ada, segmented, 'main', 0, cut)
  const conflict = { type: '/problems/upload-conflict', status: 409 }
  expect((await put(segmented, 1)).json()).toMatchObject(conflict)
  expect((await upload(segmented)).file).toBeNull()
  const { videoId: recorded } = await given.recording(ada, cut)
  expect((await put(recorded, 1)).json()).toMatchObject({ type: '/problems/video-finished' })

  const videoId = await uploaded()
  await finishFile(videoId, whole)
  expect((await send(ada, videoId, 'main', 0, cut)).json()).toMatchObject(conflict)
  expect((await finish(ada, videoId, { main: { segments: 1 } })).json()).toMatchObject(conflict)
})

test('numbers that cannot be are not found, and values that cannot be are refused', async () => {
  const videoId = await started()
  for (const number of [0, -1, 10_001, 1.5]) expect((await put(videoId, number)).statusCode).toBe(404)
  for (const payload of [
    {},
    { parts: 0, sizeBytes: 1 },
    { parts: 10_001, sizeBytes: 1 },
    { parts: 1, sizeBytes: -1 },
    { parts: 1, sizeBytes: 2 ** 60 },
    { parts: '1', sizeBytes: 1 },
    { parts: 1, sizeBytes: 1, name: 'x'.repeat(256) },
    { parts: 1, sizeBytes: 1, name: 'a\0b' },
  ])
    expect((await finishFile(videoId, payload)).json(), JSON.stringify(payload)).toMatchObject({
      type: '/problems/invalid-request',
      status: 400,
    })
  expect((await finishFile(videoId, whole, ben)).statusCode).toBe(404)
})

test('no file stays behind on its way, whatever was refused', async () => {
  expect(await readdir(storage.incomingDir)).toEqual([])
})
