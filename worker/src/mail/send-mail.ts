import type { Db } from '@meanwhile/shared/db/client'
import { mails } from '@meanwhile/shared/db/schema/mails'
import type { Log } from '@meanwhile/shared/platform/log'
import type { MailQueue } from '@meanwhile/shared/platform/mail-queue'
import { and, eq, lte, sql } from 'drizzle-orm'
import { type Mailer, shortened, UndeliverableError } from './mailer.ts'

/** After the first failure, in ms; every further one doubles it, up to the longest. */
const firstPauseMs = 30_000
const longestPauseMs = 3_600_000
/** That is about eight hours. */
const maxAttempts = 15
/** Whoever tries for longer is gone. */
const leaseSeconds = 180

export type MailDeps = { db: Db; queue: MailQueue; mailer: Mailer; log: Log; pauseMs?: number }

/** One at a time: it is tried by whoever counts its attempt. Null where there is nothing to do, or not yet. */
async function claim(db: Db, mailId: string) {
  const [claimed] = await db
    .update(mails)
    .set({ attempts: sql`${mails.attempts} + 1`, nextAttemptAt: sql`now() + make_interval(secs => ${leaseSeconds})` })
    .where(and(eq(mails.id, mailId), eq(mails.state, 'waiting'), lte(mails.nextAttemptAt, sql`now()`)))
    .returning()
  return claimed ?? null
}

/** What opens an account is kept no longer than it is needed. */
const withoutWords = {
  text: sql`case when ${mails.kind} in ('invitation', 'digest', 'reminder', 'urgent') then ${mails.text} else '' end`,
  html: '',
}

const settle = (db: Db, mailId: string, outcome: { state: 'sent' } | { state: 'failed'; failure: string }) =>
  db
    .update(mails)
    .set({ failure: null, ...outcome, ...withoutWords, ...(outcome.state === 'sent' ? { sentAt: sql`now()` } : {}) })
    .where(eq(mails.id, mailId))

/** Sends a mail that waits; one that fails is tried again later, in a while that grows, until it is refused for good or too old. */
export async function sendMail({ db, queue, mailer, log, pauseMs = firstPauseMs }: MailDeps, mailId: string): Promise<void> {
  const mail = await claim(db, mailId)
  if (!mail) return
  if (mail.expiresAt <= new Date())
    return void (await settle(db, mailId, { state: 'failed', failure: mail.failure ?? 'It could not be sent in time.' }))
  const { id, recipient: to, subject, text, html, extras, attempts } = mail
  try {
    await mailer.send({ id, to, subject, text, html, extras })
  } catch (error) {
    const failure = shortened(error instanceof Error ? error.message : String(error)) || 'The mail server did not take it.'
    if (error instanceof UndeliverableError || attempts >= maxAttempts)
      return void (await settle(db, mailId, { state: 'failed', failure }))
    log.warn({ err: error, mailId, attempts }, 'a mail could not be sent; it is tried again')
    const delayMs = Math.min(longestPauseMs, pauseMs * 2 ** (attempts - 1))
    const nextAttemptAt = sql`now() + make_interval(secs => ${delayMs / 1000})`
    await db.update(mails).set({ failure, nextAttemptAt }).where(eq(mails.id, mailId))
    return queue.add(mailId, { attempt: attempts, delayMs })
  }
  await settle(db, mailId, { state: 'sent' })
}
