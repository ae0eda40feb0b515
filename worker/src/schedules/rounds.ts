import type { Db } from '@meanwhile/shared/db/client'
import type { Log } from '@meanwhile/shared/platform/log'
import type { MailSite } from '@meanwhile/shared/platform/mail-site'
import type { QueueHome } from '@meanwhile/shared/platform/queue'
import { openRoundsQueue, openRoundsWorker } from '@meanwhile/shared/platform/rounds-queue'
import { keepPairings } from '../pairing/keep-pairings.ts'
import { keepRounds } from '../rounds/keep-rounds.ts'
import { startEvery } from './every.ts'

/** How late a round may open. */
const usualMs = 20_000

type Deps = {
  db: Db
  home: QueueHome
  log: Log
  site?: MailSite | null
  everyMs?: number | undefined
  /** For tests: what the time is. */
  now?: () => Date
  /** For tests: the rounds are as they should be at this time. */
  onKept?: (at: Date) => void
}

/**
 * Keeps the rounds of check-ins, and the pairings, whenever the job scheduler wakes this worker or another one; all of them say again and again how often that
 * is, so that a queue which was wiped wakes them too. @returns the function that ends it, when what runs is over
 */
export function startRounds({
  db,
  home,
  log,
  site = null,
  everyMs = usualMs,
  now = () => new Date(),
  onKept,
}: Deps): () => Promise<void> {
  const queue = openRoundsQueue(home, log)
  const worker = openRoundsWorker(
    home,
    async () => {
      const at = now()
      // Each goes on where the other cannot.
      const [rounds, pairings] = await Promise.allSettled([keepRounds(db, at, site), keepPairings(db, at)])
      if (pairings.status === 'fulfilled' && Object.values(pairings.value).some((count) => count > 0))
        log.info(pairings.value, 'pairings went on')
      if (rounds.status === 'rejected') throw rounds.reason
      const { opened, closed, reminded } = rounds.value
      if (opened.length + closed.length + reminded > 0) log.info({ opened, closed, reminded }, 'rounds of check-ins went on')
      if (pairings.status === 'rejected') throw pairings.reason
      onKept?.(at)
    },
    log,
  )
  const stopScheduling = startEvery(
    Math.max(everyMs, 1_000),
    () => queue.schedule(everyMs),
    (error) => log.warn({ err: error }, 'rounds of check-ins could not be scheduled'),
  )
  return async () => {
    await Promise.all([stopScheduling(), worker.close()])
    await queue.close()
  }
}
