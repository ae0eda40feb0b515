import type { RunningEnv } from '@meanwhile/shared/platform/env'
import type { Log } from '@meanwhile/shared/platform/log'
import { mailServerOf } from '@meanwhile/shared/platform/mail'
import { openMailQueue } from '@meanwhile/shared/platform/mail-queue'

/** Where the ids of mails go once what caused them is committed. */
export type Outbox = {
  /** Whether this site sends mail at all. */
  isSet: boolean
  /** Has them sent now; without it they are found within the minute. Nobody waits for it. */
  offer(mailIds: string[]): void
  close(): Promise<void>
}

/** Without a mail server nothing is offered: mails stay in the database. */
export function openOutbox(env: RunningEnv, log: Log): Outbox {
  if (!mailServerOf(env)) return { isSet: false, offer: () => {}, close: async () => {} }
  const queue = openMailQueue(env, log)
  return {
    isSet: true,
    offer(mailIds) {
      for (const mailId of mailIds)
        queue.add(mailId).catch((err) => log.warn({ err, mailId }, 'a mail could not be offered; the worker will find it'))
    },
    close: () => queue.close(),
  }
}
