import type { Db } from '@meanwhile/shared/db/client'
import { mails } from '@meanwhile/shared/db/schema/mails'
import { verifications } from '@meanwhile/shared/db/schema/people'
import { shareCodes } from '@meanwhile/shared/db/schema/share-links'
import { forgetSentLinks } from '@meanwhile/shared/db/sent-links'
import type { Log } from '@meanwhile/shared/platform/log'
import type { MailServer } from '@meanwhile/shared/platform/mail'
import { MailJob, openMailQueue, openMailWorker } from '@meanwhile/shared/platform/mail-queue'
import type { MailSite } from '@meanwhile/shared/platform/mail-site'
import type { QueueHome } from '@meanwhile/shared/platform/queue'
import { and, asc, eq, lt, lte, sql } from 'drizzle-orm'
import { startEvery } from '../schedules/every.ts'
import { openMailer } from './mailer.ts'
import { sendMail } from './send-mail.ts'

/** More than are sent until the next round. */
const batch = 200
const keptDays = 30

/** Mails that somebody should be sending and nobody is, the oldest first. */
export const waitingMails = (db: Db) =>
  db
    .select({ id: mails.id, attempts: mails.attempts })
    .from(mails)
    .where(and(eq(mails.state, 'waiting'), lte(mails.nextAttemptAt, sql`now()`)))
    .orderBy(asc(mails.nextAttemptAt))
    .limit(batch)

/** Deletes mails of which nobody asks any more, and what was proved by mail and has expired. */
export async function forgetMails(db: Db): Promise<void> {
  await db.delete(mails).where(lt(mails.createdAt, sql`now() - make_interval(days => ${keptDays})`))
  await forgetSentLinks(db)
  await db.delete(verifications).where(lt(verifications.expiresAt, sql`now()`))
  await db.delete(shareCodes).where(lt(shareCodes.expiresAt, sql`now()`))
}

type Deps = {
  db: Db
  home: QueueHome
  server: MailServer
  site?: MailSite | null
  log: Log
  everyMs?: number
  pauseMs?: number | undefined
}

/** Sends what is offered, and every `everyMs` looks for what was not. @returns the function that ends it, when what is being sent is sent */
export function startMail({ db, home, server, site = null, log, everyMs = 15_000, pauseMs }: Deps) {
  const mailer = openMailer(server, site)
  const queue = openMailQueue(home, log)
  const deps = { db, queue, mailer, log, ...(pauseMs === undefined ? {} : { pauseMs }) }
  const worker = openMailWorker(home, ({ data }) => sendMail(deps, MailJob.parse(data).mailId), log)
  const stopOffering = startEvery(
    everyMs,
    async () => {
      for (const { id, attempts } of await waitingMails(db)) await queue.add(id, { attempt: attempts })
    },
    (error) => log.warn({ err: error }, 'waiting mails could not be offered'),
  )
  return async () => {
    await Promise.all([stopOffering(), worker.close()])
    await queue.close()
    mailer.close()
  }
}
