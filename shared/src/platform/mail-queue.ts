import { createPostgresBackend, type Processor, Queue, Worker } from 'bullmq'
import * as z from 'zod'
import type { Log } from './log.ts'
import { onPostgres, type QueueHome, redisConnection } from './queue.ts'

/** The queue of mails to be sent. */
const mailQueueName = 'mails'

export const MailJob = z.object({ mailId: z.uuid() })
export type MailJob = z.infer<typeof MailJob>

export type MailQueue = {
  /** Offers a mail to the workers, now or later; twice the same waiting one is one job. */
  add(mailId: string, options?: { attempt?: number; delayMs?: number }): Promise<void>
  close(): Promise<void>
}

/** The side that adds mails. What is lost is added again from the table. */
export function openMailQueue(home: QueueHome, log: Log): MailQueue {
  const redis = home.REDIS_URL ? redisConnection(home.REDIS_URL) : undefined
  const queue = redis
    ? new Queue<MailJob>(mailQueueName, { connection: redis })
    : new Queue(mailQueueName, { connection: onPostgres(home, 2) }, createPostgresBackend)
  queue.on('error', (error) => log.warn({ err: error }, 'the queue of mails is not reachable'))
  return {
    async add(mailId, { attempt = 0, delayMs = 0 } = {}) {
      const options = { jobId: `${mailId}-${attempt}`, delay: delayMs, removeOnComplete: true, removeOnFail: true }
      await queue.add('send', { mailId }, options)
    },
    async close() {
      await queue.close()
      redis?.disconnect()
    },
  }
}

/** The side that sends them, a few at once. */
export function openMailWorker(home: QueueHome, process: Processor<MailJob>, log: Log) {
  const redis = home.REDIS_URL ? redisConnection(home.REDIS_URL) : undefined
  const worker = redis
    ? new Worker<MailJob>(mailQueueName, process, { connection: redis, concurrency: 3 })
    : new Worker(mailQueueName, process, { connection: onPostgres(home, 4), concurrency: 3 }, createPostgresBackend)
  worker.on('error', (error) => log.warn({ err: error }, 'the queue of mails is not reachable'))
  return {
    /** Stops taking mails and waits for those that are being sent. */
    async close() {
      await worker.close()
      redis?.disconnect()
    },
  }
}
