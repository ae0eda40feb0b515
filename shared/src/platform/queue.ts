import { createPostgresBackend, type Processor, Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { type StageJob, stagePriority, stageQueueName } from './jobs.ts'
import type { Log } from './log.ts'

/** Where the queue lives: Redis when it is set, else the database. */
export type QueueHome = { DATABASE_URL: string; REDIS_URL?: string | undefined }

export type StageQueue = {
  /** Offers a stage to the workers; twice the same waiting stage is one job. */
  add(job: StageJob): Promise<void>
  close(): Promise<void>
}

const schemaName = 'bullmq'

// BullMQ must never give up on a connection; it needs `null` here.
export const redisConnection = (url: string) => new Redis(url, { maxRetriesPerRequest: null })

/** Queues that live in the database share a schema of their own. `max`: connections. */
export const onPostgres = ({ DATABASE_URL }: QueueHome, max: number) => ({
  connectionString: DATABASE_URL,
  schema: schemaName,
  max,
  migrate: true,
})

/** The side that adds work. Errors of the connection are logged; what was lost is added again by the reconciler. */
export function openStageQueue(home: QueueHome, log: Log): StageQueue {
  const redis = home.REDIS_URL ? redisConnection(home.REDIS_URL) : undefined
  const queue = redis
    ? new Queue<StageJob>(stageQueueName, { connection: redis })
    : new Queue(stageQueueName, { connection: onPostgres(home, 4) }, createPostgresBackend)
  queue.on('error', (error) => log.warn({ err: error }, 'the queue is not reachable'))
  return {
    async add(job) {
      await queue.add(job.stage, job, {
        jobId: `${job.videoId}-${job.stage}`,
        priority: stagePriority[job.stage],
        removeOnComplete: true,
        removeOnFail: true,
      })
    },
    async close() {
      await queue.close()
      redis?.disconnect()
    },
  }
}

/** A killed worker's jobs are offered again after this; the database's lease is what says whose a stage is. */
const stalling = { lockDuration: 10_000, stalledInterval: 5_000 }

/** The side that does the work: at most `concurrency` stages at once in this process. */
export function openStageWorker(home: QueueHome, concurrency: number, process: Processor<StageJob>, log: Log) {
  const redis = home.REDIS_URL ? redisConnection(home.REDIS_URL) : undefined
  const worker = redis
    ? new Worker<StageJob>(stageQueueName, process, { connection: redis, concurrency, ...stalling })
    : new Worker(stageQueueName, process, { connection: onPostgres(home, 8), concurrency, ...stalling }, createPostgresBackend)
  worker.on('error', (error) => log.warn({ err: error }, 'the queue is not reachable'))
  return {
    /** Stops taking work and waits for what runs; the caller has aborted it. */
    async close() {
      await worker.close()
      redis?.disconnect()
    },
  }
}
