import type { Db } from '@meanwhile/shared/db/client'
import type { Quotas } from '@meanwhile/shared/db/storage-use'
import type { Log } from '@meanwhile/shared/platform/log'
import type { MailSite } from '@meanwhile/shared/platform/mail-site'
import type { StageQueue } from '@meanwhile/shared/platform/queue'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { postSummaries } from '../delivery/post-summaries.ts'
import { readCalendars } from '../delivery/read-calendars.ts'
import { sendDigests } from '../delivery/send-digests.ts'
import { forgetPosts, sendPosts } from '../delivery/send-posts.ts'
import { tellUrgents } from '../delivery/tell-urgents.ts'
import { exportWorkspace } from '../export/export-workspace.ts'
import type { Ffmpeg } from '../ffmpeg/run.ts'
import { confirmLapsed } from '../interviews/confirm-lapsed.ts'
import { eraseCandidates } from '../interviews/erase-candidates.ts'
import { purgeQuestions } from '../interviews/purge-questions.ts'
import { purgeTakes } from '../interviews/purge-takes.ts'
import { remindCandidates } from '../interviews/remind-candidates.ts'
import { forgetMails } from '../mail/start-mail.ts'
import { sweepStorage } from '../sweep/sweep.ts'
import { importWorkspace } from '../take-in/import-workspace.ts'
import { forgetTransfers } from '../transfers/forget-transfers.ts'
import { runTransfers } from '../transfers/run-transfers.ts'
import { type Delivering, deliverDue, forgetDeliveries } from '../webhooks/deliver.ts'
import { finishAbandoned } from './abandoned.ts'
import { closeDecisions } from './close-decisions.ts'
import { eraseAccounts } from './erase.ts'
import { startEvery } from './every.ts'
import { forgetEvents } from './forget-events.ts'
import { fillHoles } from './holes.ts'
import { purge } from './purge.ts'
import { applyRetention } from './retention.ts'

type Needs = {
  db: Db
  storage: Storage
  queue: StageQueue
  ffmpeg: Ffmpeg
  log: Log
  /** Aborted when the worker stops. */
  signal: AbortSignal
  abandonedAfterMinutes: number
  holeAfterHours: number
  trashDays: number
  quotas: Quotas
  /** What signs webhooks, and where they may lead; null: nobody is told. */
  webhooks: Pick<Delivering, 'authSecret' | 'rules'> | null
  /** What digests say of this site; null: nobody gets one. */
  site: MailSite | null
  /** Whether this site sends mail: without it nobody is reminded who has no account to look into. */
  sendsMail: boolean
}

const second = 1000
const minute = 60 * second

/** What the worker does by itself: how often, and what it says of a round that failed. */
const schedules = ({ abandonedAfterMinutes, holeAfterHours, trashDays, webhooks, site, sendsMail, ...needs }: Needs) => [
  // A message waits no longer than this; one that goes to a slow address holds up nobody longer than its deadline.
  {
    everyMs: 2 * second,
    work: async () => webhooks && deliverDue({ ...needs, ...webhooks }),
    failed: 'webhooks could not be told',
  },
  {
    everyMs: 3 * second,
    work: () => runTransfers({ ...needs, makers: { export: exportWorkspace } }, needs.signal),
    failed: 'exports could not be taken or written down',
  },
  // Apart from them: an import may take days.
  {
    everyMs: 3 * second,
    work: () => runTransfers({ ...needs, makers: { import: importWorkspace(needs) } }, needs.signal),
    failed: 'imports could not be taken or written down',
  },
  {
    everyMs: 20 * second,
    work: () => eraseAccounts(needs),
    failed: 'accounts that are to be deleted could not be read',
  },
  {
    everyMs: minute,
    work: () => finishAbandoned(needs, abandonedAfterMinutes),
    failed: 'abandoned recordings could not be finished',
  },
  {
    everyMs: 20 * second,
    work: async () => site && sendDigests(needs.db, site, new Date()),
    failed: 'digests could not be delivered',
  },
  {
    everyMs: 2 * second,
    work: async () => webhooks && site && tellUrgents(needs.db, { site, rules: webhooks.rules }, new Date()),
    failed: 'what is urgent could not be told',
  },
  {
    everyMs: minute,
    work: async () => webhooks && readCalendars(needs.db, webhooks.rules, new Date()),
    failed: 'calendars could not be read',
  },
  {
    everyMs: minute,
    work: async () => site && postSummaries(needs.db, site, new Date()),
    failed: 'summaries of channels could not be written',
  },
  {
    everyMs: 5 * second,
    work: async () => webhooks && sendPosts(needs.db, webhooks.rules, new Date()),
    failed: 'summaries of channels could not be posted',
  },
  {
    everyMs: minute,
    work: async () => site && sendsMail && remindCandidates(needs.db, site, new Date()),
    failed: 'candidates could not be reminded',
  },
  {
    everyMs: minute,
    work: async () => site && sendsMail && confirmLapsed(needs.db, site, new Date()),
    failed: 'candidates could not be told that their answers have arrived',
  },
  {
    everyMs: minute,
    work: () => eraseCandidates(needs, new Date()),
    failed: 'candidates whose time is over could not be erased',
  },
  {
    everyMs: 10 * minute,
    work: () => purgeQuestions(needs.db),
    failed: 'videos that no interview asks with could not be deleted',
  },
  {
    everyMs: 10 * minute,
    work: () => purgeTakes(needs.db, new Date()),
    failed: 'takes that were not chosen could not be deleted',
  },
  { everyMs: minute, work: () => purge(needs, trashDays), failed: 'the trash could not be emptied' },
  { everyMs: minute, work: () => forgetTransfers(needs.db, needs.storage), failed: 'old exports could not be deleted' },
  { everyMs: 10 * minute, work: () => forgetEvents(needs.db), failed: 'old live events could not be deleted' },
  {
    everyMs: 10 * minute,
    work: () => forgetDeliveries(needs.db),
    failed: 'old messages to webhooks could not be deleted',
  },
  { everyMs: 10 * minute, work: () => forgetMails(needs.db), failed: 'old mails could not be deleted' },
  { everyMs: 10 * minute, work: () => forgetPosts(needs.db), failed: 'old summaries could not be deleted' },
  {
    everyMs: 10 * minute,
    work: () => applyRetention(needs.db),
    failed: 'the rules how long updates are kept could not be applied',
  },
  { everyMs: 15 * minute, work: () => fillHoles(needs, holeAfterHours), failed: 'holes in recordings could not be filled' },
  { everyMs: 20 * minute, work: () => sweepStorage(needs), failed: 'rows and objects could not be compared' },
  { everyMs: 5 * second, work: () => closeDecisions(needs.db), failed: 'decisions could not be closed' },
]

/** Starts all of it, each round as soon as its last one has ended. @returns what ends it, when the rounds that run are over */
export function startSchedules(needs: Needs): () => Promise<unknown> {
  const stops = schedules(needs).map(({ everyMs, work, failed }) =>
    startEvery(everyMs, work, (error) => needs.signal.aborted || needs.log.warn({ err: error }, failed)),
  )
  return () => Promise.all(stops.map((stop) => stop()))
}
