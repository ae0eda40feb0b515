import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StageName } from '@meanwhile/shared/contract/videos'
import { liveEvents } from '@meanwhile/shared/db/schema/events'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { assets, stages } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import { StageFailure } from '@meanwhile/worker/failure'
import { openFfmpeg } from '@meanwhile/worker/ffmpeg/run'
import { claim, extend } from '@meanwhile/worker/lease'
import { publish, store } from '@meanwhile/worker/publish'
import { runStage } from '@meanwhile/worker/run-stage'
import { unfinishedStages } from '@meanwhile/worker/schedules/reconcile'
import type { Stage, Stages } from '@meanwhile/worker/stages/stage'
import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { segmentsOf } from './cut.ts'
import { log, programs, scratchFolders, startHouse } from './house.ts'

const house = await startHouse()
const { db, storage, queue } = house
const ffmpeg = await openFfmpeg(programs, log)

const nothing: Stage = async () => []
const stagesWith = (changed: Partial<Stages>): Stages => ({
  probe: nothing,
  original: nothing,
  poster: nothing,
  storyboard: nothing,
  renditions: nothing,
  ...changed,
})
const never = new AbortController().signal
const run = (videoId: string, stage: StageName, changed: Partial<Stages>, shutdown = never) =>
  runStage({ db, storage, queue, ffmpeg, stages: stagesWith(changed), log }, { videoId, stage, requestId: null }, shutdown)

/** A recording whose stages never look at it. */
const anyVideo = async () => (await house.given.recording(segmentsOf([]))).videoId

/** Moves the clock past a lease or a back-off. */
const later = (videoId: string) =>
  db.update(stages).set({ leaseUntil: sql`now() - interval '1 second'` }).where(eq(stages.videoId, videoId))
const finish = (videoId: string, name: StageName) =>
  db
    .update(stages)
    .set({ state: 'done' })
    .where(and(eq(stages.videoId, videoId), eq(stages.name, name)))

const makes =
  (text: string): Stage =>
  async ({ dir }) => {
    await writeFile(join(dir, 'poster.jpg'), text)
    return [{ name: 'poster', file: join(dir, 'poster.jpg') }]
  }
const objectsOf = async (videoId: string) => {
  const found: string[] = []
  for await (const key of storage.list(keys.video(videoId))) found.push(key)
  return found
}

test('of several workers that want the same stage, one gets it', async () => {
  const videoId = await anyVideo()
  const leases = await Promise.all([1, 2, 3, 4].map(() => claim(db, { videoId, stage: 'probe' })))
  expect(leases.filter(Boolean)).toHaveLength(1)
  expect((await house.stagesOf(videoId)).probe).toMatchObject({ state: 'running', attempts: 1 })
})

test('a stage waits until those that it needs are done', async () => {
  const videoId = await anyVideo()
  expect(await claim(db, { videoId, stage: 'original' })).toBeNull()
  await run(videoId, 'probe', {})
  expect(await claim(db, { videoId, stage: 'original' })).not.toBeNull()
})

test('a worker that was away for longer than its lease cannot publish, and what it stored is removed', async () => {
  const videoId = await anyVideo()
  await finish(videoId, 'original')
  const stale = makes('old')
  await run(videoId, 'poster', {
    poster: async (work) => {
      // While it sleeps, another worker takes the stage and finishes it.
      await later(videoId)
      await run(videoId, 'poster', { poster: makes('new') })
      return stale(work)
    },
  })
  const [asset] = await db.select().from(assets).where(eq(assets.videoId, videoId))
  expect(asset).toMatchObject({ name: 'poster', sizeBytes: 3 })
  expect(await objectsOf(videoId)).toEqual([asset!.key])
  expect((await house.stagesOf(videoId)).poster).toMatchObject({ state: 'done', attempts: 2, error: null })
  expect(await scratchFolders()).toEqual([])
})

test('what a killed worker had stored is removed when the stage is taken again', async () => {
  const videoId = await anyVideo()
  await finish(videoId, 'original')
  const killed = (await claim(db, { videoId, stage: 'poster' }))!
  const file = join(house.dataDir, 'poster.jpg')
  await writeFile(file, 'half')
  await store(storage, killed, [{ name: 'poster', file }], never)
  await later(videoId)
  await run(videoId, 'poster', { poster: makes('whole') })
  expect(await objectsOf(videoId)).toHaveLength(1)
  await expect(publish(db, killed, [])).rejects.toThrow('no longer')
})

test('a stage that is done again replaces what was there, and removes it', async () => {
  const videoId = await anyVideo()
  await finish(videoId, 'original')
  await run(videoId, 'poster', { poster: makes('one') })
  const before = await objectsOf(videoId)
  await db.update(stages).set({ state: 'waiting' }).where(eq(stages.videoId, videoId))
  await finish(videoId, 'original')
  await run(videoId, 'poster', { poster: makes('two') })
  const after = await objectsOf(videoId)
  expect(after).toHaveLength(1)
  expect(after).not.toEqual(before)
})

test('a stage that fails is tried three times, and keeps the reason of the first', async () => {
  const videoId = await anyVideo()
  let count = 0
  const failing: Partial<Stages> = {
    probe: async () => {
      throw new StageFailure(`Reason ${++count}.`, { isFinal: false })
    },
  }
  await run(videoId, 'probe', failing)
  expect((await house.stagesOf(videoId)).probe).toMatchObject({ state: 'waiting', attempts: 1, error: 'Reason 1.' })
  await run(videoId, 'probe', failing)
  expect(count).toBe(1)
  for (const state of ['waiting', 'failed']) {
    await later(videoId)
    await run(videoId, 'probe', failing)
    expect((await house.stagesOf(videoId)).probe).toMatchObject({ state, error: 'Reason 1.' })
  }
  await later(videoId)
  await run(videoId, 'probe', failing)
  expect(count).toBe(3)
})

test('a failure that would happen again is not tried again', async () => {
  const videoId = await anyVideo()
  const probe: Stage = async () => {
    throw new StageFailure('There is nothing in it.', { isFinal: true })
  }
  await run(videoId, 'probe', { probe })
  expect((await house.stagesOf(videoId)).probe).toMatchObject({ state: 'failed', attempts: 1, error: 'There is nothing in it.' })
})

test('an unexpected error is told without its details', async () => {
  const videoId = await anyVideo()
  const probe: Stage = async ({ dir }) => {
    throw new Error(`secret of ${dir}`)
  }
  await run(videoId, 'probe', { probe })
  expect((await house.stagesOf(videoId)).probe.error).toBe('Something unexpected went wrong; the worker’s log says what.')
})

test('a video that ends its worker every time is given up after three', async () => {
  const videoId = await anyVideo()
  for (const _ of [1, 2, 3]) {
    expect(await claim(db, { videoId, stage: 'probe' })).not.toBeNull()
    await later(videoId)
  }
  expect(await claim(db, { videoId, stage: 'probe' })).toBeNull()
  const { probe } = await house.stagesOf(videoId)
  expect(probe).toMatchObject({ state: 'failed', error: 'The worker ended 3 times while it worked on this.' })
})

test('a stage of an update in the trash stops, and goes on when the update comes back', async () => {
  const { videoId, updateId } = await house.given.recording(segmentsOf([]))
  const lease = (await claim(db, { videoId, stage: 'probe' }))!
  expect(await extend(db, lease)).toBe(true)
  await db.update(updates).set({ trashedAt: new Date() }).where(eq(updates.id, updateId))
  expect(await extend(db, lease)).toBe(false)
  await later(videoId)
  expect(await claim(db, { videoId, stage: 'probe' })).toBeNull()
  expect((await unfinishedStages(db)).map((job) => job.videoId)).not.toContain(videoId)

  await db.update(updates).set({ trashedAt: null }).where(eq(updates.id, updateId))
  expect(await unfinishedStages(db)).toContainEqual({ videoId, stage: 'probe', requestId: null })
})

test('a worker that stops gives its stage back, and that attempt does not count', async () => {
  const videoId = await anyVideo()
  const shutdown = new AbortController()
  const probe: Stage = async ({ signal }) => {
    shutdown.abort(new Error('stop'))
    signal.throwIfAborted()
    return []
  }
  await run(videoId, 'probe', { probe }, shutdown.signal)
  expect((await house.stagesOf(videoId)).probe).toMatchObject({ state: 'waiting', attempts: 0, leaseUntil: null, error: null })
})

test('everybody who looks at the video is told of every change', async () => {
  const { videoId, updateId } = await house.given.recording(segmentsOf([]))
  const told: string[] = []
  const { unlisten } = await house.sql.listen('meanwhile', (text) => void told.push(text))
  await run(videoId, 'probe', {})
  await expect.poll(() => told.length).toBe(2)
  const rows = await house.db.select().from(liveEvents).where(sql`${liveEvents.event} ->> 'videoId' = ${videoId}`)
  const row = { workspaceId: house.workspace.id, userId: null, event: { type: 'video', updateId, videoId } }
  expect(rows).toEqual([expect.objectContaining(row), expect.objectContaining(row)])
  await unlisten()
})

test('a job for a video that is not there does nothing', async () => {
  await expect(run(randomUUID(), 'probe', {})).resolves.toBeUndefined()
})
