import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { assets, stages, videos } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test, vi } from 'vitest'
import { cut, picture, tone } from './cut.ts'
import { scratchFolders, startHouse } from './house.ts'
import { processesWith } from './looking.ts'

const house = await startHouse()
const recording = await cut([...picture('1920x1080', 6), ...tone(6)])
const main = fileURLToPath(new URL('../../worker/src/main.ts', import.meta.url))

const running = new Set<ChildProcess>()
afterEach(async () => {
  await house.db.delete(videos)
  for (const child of running) child.kill('SIGKILL')
  running.clear()
})

/** What comes before encoding takes its time on a machine that is busy. */
const patienceMs = 120_000
const slow = { timeout: 300_000 }

/** The worker as the launcher starts it. */
async function startProcess() {
  const env = {
    PATH: process.env.PATH,
    FFMPEG_PATH: process.env.FFMPEG_PATH,
    FFPROBE_PATH: process.env.FFPROBE_PATH,
    DATABASE_URL: house.url,
    DATA_DIR: house.dataDir,
    AUTH_SECRET: 'a'.repeat(43),
    MEDIA_SECRET: 'm'.repeat(43),
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
  }
  const child = fork(main, { env, execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  running.add(child)
  expect((await once(child, 'message'))[0]).toBe('ready')
  return child
}

/** Waits until ffmpeg encodes the renditions. @returns how to see whether it still does */
async function encoding(pid: number) {
  const scratch = `meanwhile-${pid}-`
  const encoders = async () => (await processesWith(scratch)).filter((line) => /libx264.*480p\.mp4/.test(line))
  await vi.waitFor(async () => expect(await encoders()).not.toEqual([]), { timeout: patienceMs, interval: 50 })
  return encoders
}

async function expectPublishedOnce(videoId: string) {
  for (const stage of ['renditions', 'storyboard', 'silence', 'preview'] as const) await house.until(videoId, stage, 'done')
  const names = ['480p', '720p', 'audio', 'original', 'poster', 'preview', 'storyboard', 'storyboard-index', 'waveform']
  const rows = await house.db.select().from(assets).where(eq(assets.videoId, videoId))
  expect(rows.map(({ name }) => name).sort()).toEqual(names)
  const published = rows.flatMap(({ key, hlsKey }) => (hlsKey ? [key, hlsKey] : [key]))
  const stored: string[] = []
  for await (const key of house.storage.list(keys.video(videoId))) if (!key.includes('/main/')) stored.push(key)
  expect(stored.sort()).toEqual(published.sort())
}

test(
  'a worker that is closed in the middle of encoding leaves nothing behind, and the next one finishes the work once',
  slow,
  async () => {
    const { videoId } = await house.given.recording(recording)
    const first = await house.given.worker()
    const encoders = await encoding(process.pid)
    await first.close()
    expect(await encoders()).toEqual([])
    expect(await scratchFolders()).toEqual([])
    expect((await house.stagesOf(videoId)).renditions).toMatchObject({
      state: 'waiting',
      attempts: 0,
      error: null,
      leaseUntil: null,
    })

    const second = await house.given.worker()
    await expectPublishedOnce(videoId)
    await second.close()
  },
)

test.each([
  { how: 'SIGTERM', stop: (child: ChildProcess) => void child.kill('SIGTERM') },
  { how: 'the end of its launcher', stop: (child: ChildProcess) => child.disconnect() },
])('the worker’s process ends well after $how, and gives its stage back', slow, async ({ stop }) => {
  const { videoId } = await house.given.recording(recording)
  const child = await startProcess()
  const encoders = await encoding(child.pid!)
  stop(child)
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(await encoders()).toEqual([])
  expect((await house.stagesOf(videoId)).renditions).toMatchObject({ state: 'waiting', attempts: 0 })
})

test('after a worker was killed its ffmpeg ends too, and its stage is taken again when the lease is over', slow, async () => {
  const { videoId } = await house.given.recording(recording)
  const child = await startProcess()
  const encoders = await encoding(child.pid!)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await vi.waitFor(async () => expect(await encoders()).toEqual([]), { timeout: 2_000 })

  const next = await house.given.worker()
  expect((await house.stagesOf(videoId)).renditions).toMatchObject({ state: 'running', attempts: 1 })
  expect((await readdir(tmpdir())).filter((name) => name.startsWith(`meanwhile-${child.pid}-`))).toEqual([])
  const past = sql`now() - interval '1 second'`
  await house.db.update(stages).set({ leaseUntil: past }).where(eq(stages.state, 'running'))
  await expectPublishedOnce(videoId)
  await next.close()
  expect((await house.stagesOf(videoId)).renditions.attempts).toBe(2)
})
