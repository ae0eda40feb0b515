import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assets, fileParts, segments, stages, videos } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import { createLog } from '@meanwhile/shared/platform/log'
import { finishAbandoned } from '@meanwhile/worker/schedules/abandoned'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { type Cut, cutRecording, joined } from '../support/cut.ts'
import { listenTo } from '../support/stream.ts'

const { app, as, given, send, sendPart, finish, db, queue, storage, sql: driver } = await startApp()
const log = createLog('silent', 'test')
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 9000 })
const minutes = 30

const look = () => finishAbandoned({ db, queue, storage, log }, minutes)
async function started(tracks = ['main']) {
  const { id, videoId } = await given.update(ada, { title: 'Standup', video: { tracks } })
  return { updateId: id, videoId: `${videoId}` }
}
const sendAll = async (videoId: string, numbers: number[], track = 'main', take: Cut = cut) => {
  for (const number of numbers) expect((await send(ada, videoId, track, number, take)).statusCode).toBe(201)
}
/** The clock of the database moves on: everything that was said about a video is older by so much. */
async function pass(videoId: string, by: string) {
  const earlier = (column: unknown) => sql`${column} - ${by}::interval`
  await db
    .update(videos)
    .set({
      createdAt: earlier(videos.createdAt),
      reportedAt: earlier(videos.reportedAt),
      recoveredAt: earlier(videos.recoveredAt),
    })
    .where(eq(videos.id, videoId))
  await db
    .update(segments)
    .set({ createdAt: earlier(segments.createdAt) })
    .where(eq(segments.videoId, videoId))
  await db
    .update(fileParts)
    .set({ createdAt: earlier(fileParts.createdAt) })
    .where(eq(fileParts.videoId, videoId))
}
const shown = async (videoId: string, person = ada) => (await as(person).inject({ url: `/api/videos/${videoId}` })).json()
const playlist = async (videoId: string) => {
  const { playback } = await shown(videoId)
  return app.inject({ url: playback.hls.replace('master', 'main/playlist') })
}
async function abandoned(numbers: number[], tracks?: string[]) {
  const ids = await started(tracks)
  await sendAll(ids.videoId, numbers)
  await pass(ids.videoId, '31 minutes')
  return ids
}

test('a recorder that never comes back loses nothing that arrived: it is published up to there, and its author’s pages hear of it', async () => {
  const { videoId, updateId } = await abandoned([0, 1, 2, 3, 5])
  const stream = await listenTo(app, ada)
  expect((await as(ben).inject({ url: `/api/updates/${updateId}` })).statusCode).toBe(404)

  expect(await look()).toEqual([videoId])
  const video = await shown(videoId, ben)
  expect(video).toMatchObject({
    state: 'processing',
    recordedMs: 6000,
    recovered: { at: expect.any(String), upToMs: 6000 },
    stages: expect.arrayContaining([expect.objectContaining({ name: 'probe', state: 'waiting' })]),
  })
  expect((await as(ben).inject({ url: `/api/updates/${updateId}` })).json().publishedAt).toEqual(expect.any(String))
  const told = await stream.until(({ type }) => type === 'video')
  expect(told.map(({ data }) => data)).toContainEqual({ type: 'video', updateId, videoId })
  stream.close()
  const list = await playlist(videoId)
  expect(list.body).toContain('#EXT-X-ENDLIST')
  expect(list.headers['cache-control']).toBe('private, max-age=1')
  expect(await look()).toEqual([])
})

test('its author reads how much there is of it: anew when there is more, and no more once its recorder has finished it', async () => {
  const { videoId, updateId } = await abandoned([0, 1])
  const read = async (person = ada) => (await as(person).inject({ url: '/api/notifications' })).json()
  const ofIt = async (person = ada) =>
    (await read(person)).items.filter(({ update }: { update: { id: string } }) => update.id === updateId)
  const stream = await listenTo(app, ada)
  await look()
  await stream.until(({ type }) => type === 'notification')
  stream.close()
  const recovered = { kind: 'recovered', comment: null, actor: { name: 'Ada' }, readAt: null }
  expect(await ofIt()).toMatchObject([{ ...recovered, recoveredMs: 2000 }])
  expect(await ofIt(ben)).toEqual([])
  await as(ada).inject({ method: 'PUT', url: '/api/notifications/read', payload: { updateId } })

  await sendAll(videoId, [2, 3])
  await pass(videoId, '31 minutes')
  await look()
  expect(await ofIt()).toMatchObject([{ ...recovered, recoveredMs: 6000 }])
  const { unread } = await read()
  await finish(ada, videoId, { main: { segments: 3 } })
  expect(await ofIt()).toEqual([])
  expect((await read()).unread).toBe(unread - 1)
})

test('who answered by a video that was abandoned is led to the answer', async () => {
  const { id } = await given.update(ada, { title: 'Asked' })
  const draft = { text: '', video: { tracks: ['main'] } }
  const asked = await as(ben).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: draft })
  const comment = asked.json() as { id: string; videoId: string }
  for (const number of [0, 1]) await send(ben, comment.videoId, 'main', number, cut)
  await pass(comment.videoId, '31 minutes')
  expect(await look()).toEqual([comment.videoId])
  const { items } = (await as(ben).inject({ url: '/api/notifications' })).json()
  expect(items).toMatchObject([{ kind: 'recovered', update: { id }, comment: { id: comment.id }, recoveredMs: 2000 }])
})

test('what arrived behind a hole is told to its author: until the missing part comes, and also when that is the first of all', async () => {
  const receiptOf = async (videoId: string) => (await as(ada).inject({ url: `/api/videos/${videoId}/receipt` })).json()
  const later = await abandoned([0, 1, 4, 5])
  const first = await abandoned([0, 2, 3])
  expect(await look()).toEqual([later.videoId])
  expect(await shown(later.videoId)).toMatchObject({ recovered: { upToMs: 2000 }, heldBackMs: 3000 })
  expect(await receiptOf(later.videoId)).toMatchObject({ tracks: { main: { received: 3, heldBack: 2 } } })
  expect(await shown(first.videoId)).toMatchObject({ state: 'recording', recordedMs: 0, heldBackMs: 4000 })
  expect(await receiptOf(first.videoId)).toMatchObject({ tracks: { main: { received: 2, heldBack: 2 } } })

  await sendAll(first.videoId, [1])
  expect(await shown(first.videoId)).toMatchObject({ recordedMs: 6000, heldBackMs: 0 })
  expect(await receiptOf(first.videoId)).toMatchObject({ tracks: { main: { received: 3, heldBack: 0 } } })
})

test('two workers at once finish it once', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => abandoned([0, 1])))
  const finished = (await Promise.all([look(), look(), look(), look()])).flat()
  expect(finished.sort()).toEqual(ids.map(({ videoId }) => videoId).sort())
  for (const { videoId } of ids) expect(await db.select().from(stages).where(eq(stages.videoId, videoId))).toHaveLength(7)
})

test('a report keeps a paused recording alive, and so does a segment', async () => {
  const paused = await abandoned([0, 1])
  const report = { tracks: { main: { segments: 3, durationMs: 5200 } }, clockMs: 5200 }
  await as(ada).inject({ method: 'PUT', url: `/api/videos/${paused.videoId}/upload`, payload: report })
  const slow = await abandoned([0, 1])
  await sendAll(slow.videoId, [2])
  expect(await look()).toEqual([])
  await pass(paused.videoId, '29 minutes')
  expect(await look()).toEqual([])
  await pass(paused.videoId, '2 minutes')
  expect(await look()).toEqual([paused.videoId])
  const receipt = (await as(ada).inject({ url: `/api/videos/${paused.videoId}/receipt` })).json()
  expect(receipt).toMatchObject({
    tracks: { main: { recorded: 3, received: 1 } },
    clockMs: 5200,
    recoveredAt: expect.any(String),
  })
})

test('a segment that is on its way at that moment is waited for', async () => {
  const { videoId } = await abandoned([0, 1])
  await driver.begin(async (tx) => {
    await tx`insert into segments (video_id, track, number, sha256, size_bytes, duration_ms) values (${videoId}, 'main', 2, '', 1, 2000)`
    expect(await look()).toEqual([])
  })
  expect(await look()).toEqual([])
  expect((await shown(videoId)).state).toBe('recording')
})

test('late segments let it grow to its full length, with the end that the recorder says', async () => {
  const { videoId } = await abandoned([0, 1, 2])
  await look()
  await db.update(stages).set({ state: 'done', progress: 1 }).where(eq(stages.videoId, videoId))
  const key = keys.asset(videoId, randomUUID(), 'original.mp4')
  const file = join(storage.incomingDir, randomUUID())
  await writeFile(file, 'short')
  await storage.putFile(key, file)
  await db.insert(assets).values({ videoId, name: 'original', stage: 'original', key, sizeBytes: 5, durationMs: 4000 })

  await sendAll(videoId, [4, 3])
  expect(await shown(videoId)).toMatchObject({ recordedMs: 4000, state: 'ready' })
  expect((await playlist(videoId)).body).not.toContain('000003.m4s')
  expect((await finish(ada, videoId, { main: { segments: 1 } })).json()).toMatchObject({ type: '/problems/finish-conflict' })
  expect((await finish(ada, videoId, { main: { segments: 5 } })).json()).toMatchObject({ missing: { main: [5] } })
  await sendAll(videoId, [5])
  const grown = await finish(ada, videoId, { main: { segments: 5 } })
  expect(grown.json()).toMatchObject({ recordedMs: 9000, recovered: null, state: 'processing', playback: { original: null } })
  expect(grown.json().stages.every(({ state }: { state: string }) => state === 'waiting')).toBe(true)
  await expect.poll(() => storage.size(key)).toBeNull()
  expect((await playlist(videoId)).headers['cache-control']).toBe('private, max-age=600')

  expect((await send(ada, videoId, 'main', 6, cut)).json()).toMatchObject({ type: '/problems/video-finished' })
  expect((await finish(ada, videoId, { main: { segments: 6 } })).json()).toMatchObject({ type: '/problems/finish-conflict' })
})

test('a recorder that comes back to say the same end has nothing made again', async () => {
  const { videoId } = await abandoned([0, 1, 2])
  await look()
  await db.update(stages).set({ state: 'done', progress: 1 }).where(eq(stages.videoId, videoId))
  expect((await finish(ada, videoId, { main: { segments: 2 } })).json()).toMatchObject({ state: 'ready', recovered: null })
})

test('a recorder that comes back and goes away again is finished again, with more', async () => {
  const { videoId } = await abandoned([0, 1])
  await look()
  await sendAll(videoId, [2, 3])
  expect(await look()).toEqual([])
  await pass(videoId, '31 minutes')
  expect(await look()).toEqual([videoId])
  expect(await shown(videoId)).toMatchObject({ recordedMs: 6000, recovered: { upToMs: 6000 } })
  await pass(videoId, '1 day')
  expect(await look()).toEqual([])
})

test('a camera of which nothing had arrived may still come', async () => {
  const picture = await cutRecording({ ms: 4000, sound: false })
  const { videoId } = await abandoned([0, 1, 2], ['main', 'camera'])
  await look()
  expect(await shown(videoId)).toMatchObject({ tracks: ['main'], playback: { camera: null } })
  await sendAll(videoId, picture.numbers, 'camera', picture)
  const grown = (await finish(ada, videoId, { main: { segments: 2 }, camera: { segments: 2 } })).json()
  expect(grown).toMatchObject({ tracks: ['main', 'camera'], playback: { camera: { file: null } } })
  expect(grown.stages.map(({ name }: { name: string }) => name)).toContain('download')
})

test.each([
  ['nothing', []],
  ['no init segment', [1, 2]],
  ['nothing behind the init segment', [0]],
  ['the first segment missing', [0, 2, 3]],
])('a draft with %s is left alone', async (_what, numbers) => {
  const { videoId } = await abandoned(numbers)
  await pass(videoId, '1 year')
  expect(await look()).toEqual([])
  expect((await shown(videoId)).state).toBe('recording')
})

test('an init segment at the very end is no reason to wait, and what is in the trash is left there', async () => {
  const twice = joined(await cutRecording({ ms: 4000 }), cut)
  const { videoId } = await started()
  await sendAll(videoId, [0, 1, 2, 3], 'main', twice)
  await pass(videoId, '31 minutes')
  const trashed = await abandoned([0, 1])
  await as(ada).inject({ method: 'DELETE', url: `/api/updates/${trashed.updateId}` })
  expect(await look()).toEqual([videoId])
  expect(await shown(videoId)).toMatchObject({ recordedMs: 4000 })
})

test('a file that was being recorded is imported up to where it arrived; one that somebody chose waits for its end', async () => {
  const recorded = await started()
  const chosen = await started()
  for (const { videoId } of [recorded, chosen])
    for (const number of [1, 2, 4]) await sendPart(ada, videoId, number, Buffer.from(`part ${number}`))
  const report = { tracks: {}, file: { parts: 4, durationMs: 8000 }, clockMs: 8000 }
  await as(ada).inject({ method: 'PUT', url: `/api/videos/${recorded.videoId}/upload`, payload: report })
  for (const { videoId } of [recorded, chosen]) await pass(videoId, '31 minutes')
  expect(await look()).toEqual([recorded.videoId])
  expect(await shown(recorded.videoId)).toMatchObject({ state: 'processing', stages: [{ name: 'import' }] })

  await sendPart(ada, recorded.videoId, 3, Buffer.from('part 3'))
  const finishFile = (payload: object) =>
    as(ada).inject({ method: 'POST', url: `/api/videos/${recorded.videoId}/file/finish`, payload })
  expect((await finishFile({ parts: 2, sizeBytes: 12 })).json()).toMatchObject({ recovered: null })
  await db.update(videos).set({ recoveredAt: sql`now()` }).where(eq(videos.id, recorded.videoId))
  const grown = await finishFile({ parts: 4, sizeBytes: 24 })
  expect(grown.json()).toMatchObject({ state: 'processing', recovered: null, stages: [{ name: 'import', state: 'waiting' }] })
  expect((await finishFile({ parts: 5, sizeBytes: 30 })).json()).toMatchObject({ type: '/problems/finish-conflict' })
})

test('what is cut in a browser from a file that somebody chose waits for its end, however long its tab is closed', async () => {
  const { videoId } = await given.update(ada, { title: 'Zoom', video: { tracks: ['main'], imported: true } })
  await sendAll(`${videoId}`, [0, 1, 2])
  await pass(`${videoId}`, '1 year')
  expect(await look()).toEqual([])
  expect((await shown(`${videoId}`)).state).toBe('recording')
  await sendAll(`${videoId}`, [3, 4, 5])
  expect((await finish(ada, `${videoId}`, { main: { segments: 5 } })).json()).toMatchObject({
    state: 'processing',
    recovered: null,
  })
})

test('what had never arrived takes its place even after the server had filled it', async () => {
  const { videoId } = await started()
  await sendAll(videoId, [0, 1, 3])
  // As the worker leaves it when it has closed a hole.
  const filler = {
    videoId,
    track: 'main',
    number: 2,
    sha256: 'f'.repeat(64),
    sizeBytes: 9,
    durationMs: 1999,
    filled: true,
  } as const
  await db.insert(segments).values(filler)
  await pass(videoId, '31 minutes')
  expect(await look()).toEqual([videoId])
  await db.update(stages).set({ state: 'done', progress: 1 }).where(eq(stages.videoId, videoId))
  expect(await shown(videoId)).toMatchObject({ state: 'ready', filledMs: 1999, recordedMs: 5999 })
  const upload = async () => (await as(ada).inject({ url: `/api/videos/${videoId}/upload` })).json().tracks.main.ranges
  expect(await upload()).toEqual([
    [0, 1],
    [3, 3],
  ])
  const receipt = async () => (await as(ada).inject({ url: `/api/videos/${videoId}/receipt` })).json()
  expect(await receipt()).toMatchObject({ tracks: { main: { received: 2, filled: 1 } }, receivedMs: 4000 })

  const answers = await Promise.all([1, 2].map(() => send(ada, videoId, 'main', 2, cut)))
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 201])
  expect(await upload()).toEqual([[0, 3]])
  expect(await receipt()).toMatchObject({ tracks: { main: { received: 3, filled: 0 } }, receivedMs: 6000 })
  expect(await shown(videoId)).toMatchObject({ state: 'processing', filledMs: 0, recordedMs: 6000 })
  expect(await storage.size(keys.segment(videoId, 'main', 2))).toBe((await cut.bytes(2)).length)
  const other = { ...cut, bytes: () => cut.bytes(3) }
  expect((await send(ada, videoId, 'main', 2, other)).json()).toMatchObject({ type: '/problems/segment-conflict' })
  expect((await finish(ada, videoId, { main: { segments: 3 } })).json()).toMatchObject({ recovered: null })
})
