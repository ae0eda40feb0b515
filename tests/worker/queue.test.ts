import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { reconcile } from '@meanwhile/worker/schedules/reconcile'
import type { Stage, Stages } from '@meanwhile/worker/stages/stage'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { redisServerPath, startRedis } from '../support/redis.ts'
import { segmentsOf } from './cut.ts'
import { startHouse } from './house.ts'

const redisUrl = existsSync(redisServerPath) ? (await startRedis()).url : undefined
const onPostgres = await startHouse()
const onRedis = redisUrl ? await startHouse({ redisUrl }) : onPostgres
type House = typeof onPostgres

/** Makes the queue forget everything, as a restart without persistence does. */
async function wipe({ db, home }: House) {
  if (!home.REDIS_URL) {
    const tables = await db.execute(
      sql`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'`,
    )
    await db.execute(sql.raw(`truncate ${tables.map(({ name }) => name).join(', ')}`))
    return
  }
  const { hostname, port } = new URL(home.REDIS_URL)
  const socket = connect(Number(port), hostname)
  socket.end('FLUSHALL\r\n')
  await once(socket.resume(), 'close')
}

const nothing: Stage = async () => []
const quick: Stages = {
  probe: nothing,
  original: nothing,
  poster: nothing,
  silence: nothing,
  preview: nothing,
  storyboard: nothing,
  renditions: nothing,
}

function promises(house: House) {
  test('a queue that was wiped loses nothing: every unfinished stage is offered again, and done', async () => {
    const videos = []
    for (let count = 0; count < 3; count++) videos.push((await house.given.recording(segmentsOf([]))).videoId)
    for (const videoId of videos) await house.queue.add({ videoId, stage: 'probe', requestId: null })
    await wipe(house)

    const worker = await house.given.worker({ stages: quick, reconcileMs: 60_000 })
    for (const videoId of videos) await house.until(videoId, 'renditions', 'done')
    expect(await reconcile(house.db, house.queue)).toBe(0)
    await worker.close()
  })

  test('two workers that are offered the same stages do each of them once', async () => {
    const count = new Map<string, number>()
    const counting: Stage = async ({ videoId }) => {
      count.set(videoId, (count.get(videoId) ?? 0) + 1)
      return []
    }
    const deps = { stages: { ...quick, probe: counting }, reconcileMs: 100 }
    const workers = await Promise.all([house.given.worker(deps), house.given.worker(deps)])
    const videos = []
    for (let number = 0; number < 5; number++) videos.push((await house.given.recording(segmentsOf([]))).videoId)
    for (const videoId of videos) await house.until(videoId, 'renditions', 'done')
    expect([...count.values()]).toEqual([1, 1, 1, 1, 1])
    await Promise.all(workers.map((worker) => worker.close()))
  })

  test('a stage that a stopping worker gives back is taken at once by the other one', async () => {
    const { videoId } = await house.given.recording(segmentsOf([]))
    const slow: Stage = ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
    const stopping = await house.given.worker({ stages: { ...quick, probe: slow } })
    await house.until(videoId, 'probe', 'running')
    const staying = await house.given.worker({ stages: quick, reconcileMs: 60_000 })
    await stopping.close()
    await house.until(videoId, 'renditions', 'done', 5_000)
    expect((await house.stagesOf(videoId)).probe.attempts).toBe(1)
    await staying.close()
  })

  test('long stages leave a place for the original of the next video', async () => {
    const running = new AbortController()
    const long: Stage = () =>
      new Promise((resolve) => running.signal.addEventListener('abort', () => resolve([]), { once: true }))
    const worker = await house.given.worker({ stages: { ...quick, renditions: long } })
    const first = await house.given.recording(segmentsOf([]))
    await house.until(first.videoId, 'renditions', 'running')
    const second = await house.given.recording(segmentsOf([]))
    await house.until(second.videoId, 'storyboard', 'done', 10_000)
    const third = await house.given.recording(segmentsOf([]))
    await house.until(third.videoId, 'original', 'done', 10_000)
    expect((await house.stagesOf(second.videoId)).renditions.state).toBe('waiting')
    running.abort()
    await worker.close()
  })
}

describe('on PostgreSQL', () => promises(onPostgres))
describe.skipIf(!redisUrl)('on Redis', () => promises(onRedis))
