import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StageName } from '@meanwhile/shared/contract/videos'
import { assets, stages } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import { and, eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { app, as, given, send, finish, storage, db, sql: driver } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording()
const picture = await cutRecording({ sound: false })

const edit = (videoId: string, payload: object, person = ada) =>
  as(person).inject({ method: 'PATCH', url: `/api/videos/${videoId}`, payload })
const shown = async (videoId: string, person = ada) => (await as(person).inject({ url: `/api/videos/${videoId}` })).json()
const layout = { shape: 'rounded', size: 'large', x: 1, y: 0.25 }

async function withCamera() {
  const { id, videoId } = await given.update(ada, { title: 'Both', video: { tracks: ['main', 'camera'] } })
  for (const number of cut.numbers) await send(ada, `${videoId}`, 'main', number, cut)
  for (const number of picture.numbers) await send(ada, `${videoId}`, 'camera', number, picture)
  await finish(ada, `${videoId}`, { main: { segments: 3 }, camera: { segments: 3 } })
  return { id, videoId: `${videoId}` }
}

/** As if the worker had done all stages and had made these files. */
async function made(videoId: string, names: Record<string, 'original' | 'download' | 'renditions' | 'poster'>) {
  await db.update(stages).set({ state: 'done', progress: 1 }).where(eq(stages.videoId, videoId))
  for (const [name, stage] of Object.entries(names)) {
    const file = join(storage.incomingDir, randomUUID())
    await writeFile(file, name)
    const key = keys.asset(videoId, randomUUID(), `${name}.mp4`)
    await storage.putFile(key, file)
    const hlsKey = stage === 'renditions' ? key : null
    await db.insert(assets).values({ videoId, name, stage, key, sizeBytes: 1, width: 2, height: 2, durationMs: 5000, hlsKey })
  }
}
const stageOf = async (videoId: string, name: StageName) =>
  (
    await db
      .select()
      .from(stages)
      .where(and(eq(stages.videoId, videoId), eq(stages.name, name)))
  )[0]

test('cuts leave out of watching what they cover; the recording and all its positions stay', async () => {
  const { id, videoId } = await given.recording(ada, cut)
  const edited = await edit(videoId, {
    cuts: [
      [4500, 9000],
      [0, 500],
      [400, 1000],
    ],
  })
  expect(edited.json()).toMatchObject({
    durationMs: 3500,
    recordedMs: 5000,
    cuts: [
      [0, 1000],
      [4500, 5000],
    ],
  })
  expect((await as(ben).inject({ url: `/api/updates/${id}` })).json().video.durationMs).toBe(3500)
  const comment = { text: 'Here', atMs: 4800 }
  expect((await as(ben).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: comment })).statusCode).toBe(201)
  expect((await edit(videoId, { cuts: [] })).json()).toMatchObject({ durationMs: 5000, cuts: [] })
})

test('other cuts withdraw the files that were made without them, at once, and have them made again', async () => {
  const { videoId } = await given.recording(ada, cut)
  await made(videoId, { original: 'original', '720p': 'renditions', poster: 'poster' })
  expect((await shown(videoId)).playback).toMatchObject({ download: expect.any(String), renditions: [{ edited: false }] })

  const edited = (await edit(videoId, { cuts: [[0, 1000]] })).json()
  expect(edited.state).toBe('processing')
  expect(edited.playback).toMatchObject({ original: expect.any(String), download: null, poster: null, renditions: [] })
  for (const name of ['download', 'poster', 'preview', 'storyboard'] as const)
    expect(await stageOf(videoId, name)).toMatchObject({ state: 'waiting' })
  expect(await stageOf(videoId, 'renditions')).toMatchObject({ state: 'waiting', attempts: 0 })
  expect(await stageOf(videoId, 'original')).toMatchObject({ state: 'done' })
  await vi.waitFor(async () => {
    const left: string[] = []
    for await (const key of storage.list(keys.video(videoId))) if (key.endsWith('.mp4')) left.push(key)
    expect(left.map((key) => key.split('/').at(-1))).toEqual(['original.mp4'])
  })

  await edit(videoId, { cuts: [] })
  expect(await stageOf(videoId, 'download')).toBeUndefined()
  expect((await shown(videoId)).playback.download).toContain('/download/original.mp4')
})

test('the download is the file as it is watched, and is never kept longer than its cuts', async () => {
  const { videoId } = await given.recording(ada, cut, 'Trimmed')
  await edit(videoId, { cuts: [[0, 1000]] })
  await made(videoId, { original: 'original', download: 'download' })
  const { download } = (await shown(videoId)).playback
  const answer = await app.inject({ url: download })
  expect(answer.body).toBe('download')
  expect(answer.headers).toMatchObject({
    'cache-control': 'private, no-cache',
    'content-disposition': expect.stringContaining('Trimmed'),
  })
  const etag = String(answer.headers.etag)
  expect((await app.inject({ url: download, headers: { 'if-none-match': etag } })).statusCode).toBe(304)
})

test('the same again changes nothing, and chapters make no file again', async () => {
  const { videoId } = await given.recording(ada, cut)
  await edit(videoId, { cuts: [[0, 1000]] })
  await made(videoId, { download: 'download' })
  await edit(videoId, { cuts: [[0, 1000]], chapters: [{ atMs: 10, title: 'Start' }] })
  expect(await stageOf(videoId, 'download')).toMatchObject({ state: 'done' })
})

test('the camera is where its author put it; moving it makes the download again', async () => {
  const { videoId } = await withCamera()
  await made(videoId, { original: 'original', download: 'download' })
  const moved = (await edit(videoId, { layout })).json()
  expect(moved).toMatchObject({ layout, playback: { download: null } })
  expect(await stageOf(videoId, 'poster')).toMatchObject({ state: 'done' })
  expect(await stageOf(videoId, 'download')).toMatchObject({ state: 'waiting' })
  const alone = (await given.recording(ada, cut)).videoId
  expect((await edit(alone, { layout })).json().layout).toEqual(layout)
  expect(await stageOf(alone, 'download')).toBeUndefined()
})

test('chapters are kept in their order, and those beyond the end are not shown', async () => {
  const { videoId } = await given.recording(ada, cut)
  const chapters = [
    { atMs: 4000, title: ' End ' },
    { atMs: 0, title: '' },
    { atMs: 6000, title: 'Never' },
  ]
  expect((await edit(videoId, { chapters })).json().chapters).toEqual([
    { atMs: 0, title: '' },
    { atMs: 4000, title: 'End' },
  ])
})

test('time codes in the text are chapters where nobody has made any', async () => {
  const { id, videoId } = await given.recording(ada, cut)
  await as(ada).inject({ method: 'PATCH', url: `/api/updates/${id}`, payload: { body: '0:01 Intro\n0:03 End\n0:09 Never' } })
  const named = [
    { atMs: 1000, title: 'Intro' },
    { atMs: 3000, title: 'End' },
  ]
  expect(await shown(videoId)).toMatchObject({ chapters: named, chaptersFrom: 'text' })
  const own = [{ atMs: 2000, title: 'Mine' }]
  expect(await edit(videoId, { chapters: own }).then((answer) => answer.json())).toMatchObject({
    chapters: own,
    chaptersFrom: 'video',
  })
})

test('a change waits for a worker that publishes at that moment, and takes back what it published', async () => {
  const { videoId } = await given.recording(ada, cut)
  await db.update(stages).set({ state: 'done' }).where(eq(stages.videoId, videoId))
  const change = await driver.begin(async (tx) => {
    await tx`update stages set state = 'done' where video_id = ${videoId} and name = 'renditions'`
    const changing = edit(videoId, { cuts: [[0, 1000]] })
    await expect.poll(() => driver`select from pg_locks where not granted`).not.toHaveLength(0)
    await tx`insert into assets (video_id, name, stage, key, size_bytes) values (${videoId}, '720p', 'renditions', 'none', 1)`
    return { changing }
  })
  expect((await change.changing).json()).toMatchObject({ durationMs: 4000 })
  expect(await db.select().from(assets).where(eq(assets.videoId, videoId))).toEqual([])
})

test('a recorder may say all this before it has finished', async () => {
  const { videoId } = await given.update(ada, { video: { tracks: ['main'] } })
  const chapters = [{ atMs: 900, title: 'Here' }]
  expect((await edit(`${videoId}`, { layout, chapters, cuts: [[4000, 9000]] })).statusCode).toBe(200)
  for (const number of cut.numbers) await send(ada, `${videoId}`, 'main', number, cut)
  const finished = await finish(ada, `${videoId}`, { main: { segments: 3 } })
  expect(finished.json()).toMatchObject({ layout, chapters, cuts: [[4000, 5000]], durationMs: 4000 })
})

test.each([
  ['cuts that leave nothing', { cuts: [[0, 9000]] }],
  ['a cut that ends before it starts', { cuts: [[2, 1]] }],
  ['a cut before the beginning', { cuts: [[-5, 10]] }],
  ['half a millisecond', { cuts: [[0, 0.5]] }],
  ['a cut that is no pair', { cuts: [[1]] }],
  ['a thousand cuts', { cuts: Array(1000).fill([0, 1]) }],
  ['a shape that there is not', { layout: { ...layout, shape: 'star' } }],
  ['a place outside', { layout: { ...layout, x: 1.01 } }],
  ['a place that is no number', { layout: { ...layout, y: null } }],
  ['no layout at all', { layout: null }],
  ['a chapter with a book as its title', { chapters: [{ atMs: 0, title: 'x'.repeat(121) }] }],
  ['a title that PostgreSQL cannot store', { chapters: [{ atMs: 0, title: 'a\0b' }] }],
  ['a chapter after more than a day', { chapters: [{ atMs: 86_400_001, title: '' }] }],
])('%s is refused with the field', async (_what, payload) => {
  const { videoId } = await given.recording(ada, cut)
  const refused = await edit(videoId, payload)
  expect(refused.json()).toMatchObject({
    type: '/problems/invalid-request',
    status: 400,
    errors: [{ field: expect.stringMatching(/^(cuts|layout|chapters)/) }],
  })
})
