import { createPostgresBackend, type Processor, Queue, Worker } from 'bullmq'
import type { Log } from './log.ts'
import { onPostgres, type QueueHome, redisConnection } from './queue.ts'

/** The queue that wakes whoever keeps the rounds of check-ins. */
const roundsQueueName = 'rounds'

export type RoundsQueue = {
  /** Says how often somebody is woken; the same again, from any worker, changes nothing. */
  schedule(everyMs: number): Promise<void>
  close(): Promise<void>
}

/** The side of the job scheduler. What it is for is in the database: a schedule that is lost is made again. */
export function openRoundsQueue(home: QueueHome, log: Log): RoundsQueue {
  const redis = home.REDIS_URL ? redisConnection(home.REDIS_URL) : undefined
  const queue = redis
    ? new Queue(roundsQueueName, { connection: redis })
    : new Queue(roundsQueueName, { connection: onPostgres(home, 2) }, createPostgresBackend)
  queue.on('error', (error) => log.warn({ err: error }, 'the queue of rounds is not reachable'))
  return {
    async schedule(everyMs) {
      const opts = { removeOnComplete: true, removeOnFail: true }
      await queue.upsertJobScheduler('keep', { every: everyMs }, { name: 'keep', opts })
    },
    async close() {
      await queue.close()
      redis?.disconnect()
    },
  }
}

/** The side that is woken, one time after the other. */
export function openRoundsWorker(home: QueueHome, process: Processor, log: Log) {
  const redis = home.REDIS_URL ? redisConnection(home.REDIS_URL) : undefined
  // A worker that was killed with a job is noticed soon: until then nobody is woken.
  const options = { concurrency: 1, lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 1_000_000 }
  const worker = redis
    ? new Worker(roundsQueueName, process, { connection: redis, ...options })
    : new Worker(roundsQueueName, process, { connection: onPostgres(home, 4), ...options }, createPostgresBackend)
  worker.on('error', (error) => log.warn({ err: error }, 'the queue of rounds is not reachable'))
  worker.on('failed', (_job, error) => log.warn({ err: error }, 'rounds of check-ins could not be kept; they will be'))
  return {
    /** Waits for what runs. */
    async close() {
      await worker.close()
      redis?.disconnect()
    },
  }
}
