import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { StageJob } from '@meanwhile/shared/platform/jobs'
import { createLog } from '@meanwhile/shared/platform/log'
import { openStageQueue, openStageWorker, type QueueHome } from '@meanwhile/shared/platform/queue'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { cloneDatabase } from '../support/database.ts'
import { redisServerPath, startRedis } from '../support/redis.ts'

const log = createLog('silent', 'test')
const withRedis = existsSync(redisServerPath)
const { url: DATABASE_URL } = await cloneDatabase()
const REDIS_URL = withRedis ? (await startRedis()).url : undefined

function promises(home: QueueHome) {
  const queue = openStageQueue(home, log)
  afterAll(() => queue.close())
  const job = (stage: StageJob['stage'], videoId = randomUUID()): StageJob => ({ videoId, stage, requestId: null })

  test('twice the same waiting stage is one job; the original of any video comes before the rest of every other', async () => {
    const [first, second] = [randomUUID(), randomUUID()]
    for (const each of [job('renditions', first), job('renditions', first), job('poster', first), job('original', second)])
      await queue.add(each)
    const done: string[] = []
    const worker = openStageWorker(home, 1, async ({ data }) => void done.push(data.stage), log)
    await vi.waitFor(() => expect(done).toEqual(['original', 'poster', 'renditions']), { timeout: 10_000 })

    // One at a time: since the last one ran, it is written down that the poster has ended.
    await queue.add(job('poster', first))
    await vi.waitFor(() => expect(done).toHaveLength(4), { timeout: 10_000 })
    await worker.close()
  })
}

describe('on PostgreSQL', () => promises({ DATABASE_URL }))
describe.skipIf(!withRedis)('on Redis', () => promises({ DATABASE_URL, REDIS_URL }))
