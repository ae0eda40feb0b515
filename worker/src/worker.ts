import type { Db } from '@meanwhile/shared/db/client'
import type { Quotas } from '@meanwhile/shared/db/storage-use'
import { StageJob } from '@meanwhile/shared/platform/jobs'
import type { Log } from '@meanwhile/shared/platform/log'
import type { MailServer } from '@meanwhile/shared/platform/mail'
import type { MailSite } from '@meanwhile/shared/platform/mail-site'
import { openStageQueue, openStageWorker, type QueueHome } from '@meanwhile/shared/platform/queue'
import type { Storage } from '@meanwhile/shared/platform/storage'
import type { Transcription } from '@meanwhile/shared/platform/transcription'
import { openFfmpeg, type Programs } from './ffmpeg/run.ts'
import { createLanes } from './lanes.ts'
import { startMail } from './mail/start-mail.ts'
import { runStage } from './run-stage.ts'
import { startReconciler } from './schedules/reconcile.ts'
import { startRounds } from './schedules/rounds.ts'
import { startSchedules } from './schedules/start-schedules.ts'
import { sweepScratch } from './scratch.ts'
import { camera } from './stages/camera.ts'
import { download } from './stages/download.ts'
import { importFile } from './stages/import.ts'
import { original } from './stages/original.ts'
import { poster } from './stages/poster.ts'
import { preview } from './stages/preview.ts'
import { probe } from './stages/probe.ts'
import { renditions } from './stages/renditions.ts'
import { silence } from './stages/silence.ts'
import type { Stages } from './stages/stage.ts'
import { storyboard } from './stages/storyboard.ts'
import { transcript } from './stages/transcript.ts'
import { openTranscriber } from './transcription/open-transcriber.ts'
import type { Transcriber } from './transcription/transcriber.ts'
import type { Delivering } from './webhooks/deliver.ts'

/** Every stage; `transcriber` writes down what is said, where the operator has one. */
const allStages = (transcriber: Transcriber | null): Stages => ({
  import: importFile,
  probe,
  original,
  camera,
  poster,
  silence: silence(transcriber !== null),
  preview,
  storyboard,
  download,
  renditions,
  transcript: transcript(transcriber),
})
const everyMs = 15_000
const unlimited: Quotas = { QUOTA_PERSON_GB: Number.POSITIVE_INFINITY, QUOTA_WORKSPACE_GB: Number.POSITIVE_INFINITY }

/** `stages`, `reconcileMs` and `mailPauseMs` are for tests. */
export type WorkerDeps = {
  db: Db
  storage: Storage
  log: Log
  home: QueueHome
  programs: Programs
  concurrency: number
  /** How long a recorder is silent before its recording is finished with what arrived. */
  abandonedAfterMinutes?: number
  /** How long a segment is waited for before a still picture and silence take its place. */
  holeAfterHours?: number
  /** How long an update in the trash can be restored. */
  trashDays?: number
  /** How much may be kept: without it as much as there is room for. */
  quotas?: Quotas
  /** Who writes down what is said; null for nobody. */
  transcription?: Transcription | null
  /** What signs webhooks, and where they may lead; without it nobody is told. */
  webhooks?: Pick<Delivering, 'authSecret' | 'rules'> | null
  stages?: Stages
  reconcileMs?: number
  /** Who sends mail; null for nobody, and mails stay in the database. */
  mailServer?: MailServer | null
  /** What digests and urgent mails say of this site; without it nobody gets one. */
  site?: MailSite | null
  /** How long a mail waits after its first failure. */
  mailPauseMs?: number
}

export type StageWorker = { close(): Promise<void> }

/**
 * Takes stages from the queue until it is closed. `close` aborts what runs: its stages go back as they were, and another worker
 * takes them at once. @throws when ffmpeg does not start
 */
export async function startWorker(deps: WorkerDeps): Promise<StageWorker> {
  const {
    db,
    storage,
    log,
    home,
    concurrency,
    transcription = null,
    webhooks = null,
    quotas = unlimited,
    stages = allStages(openTranscriber(transcription, deps.programs.searchPath)),
    reconcileMs = everyMs,
    abandonedAfterMinutes = 30,
    holeAfterHours = 24,
    trashDays = 30,
    mailServer = null,
    site = null,
    mailPauseMs,
  } = deps
  const ffmpeg = await openFfmpeg(deps.programs, log)
  await sweepScratch()
  const shutdown = new AbortController()
  const queue = openStageQueue(home, log)
  const offer = (job: StageJob) =>
    queue.add(job).catch((error) => log.warn({ err: error, job }, 'a stage could not be offered; the reconciler will'))
  const lanes = createLanes(concurrency, offer)
  const cutShort: StageJob[] = []
  async function take(job: StageJob) {
    if (!shutdown.signal.aborted)
      await lanes.run(job, () => runStage({ db, storage, queue, ffmpeg, stages, log }, job, shutdown.signal))
    if (shutdown.signal.aborted) cutShort.push(job)
  }
  const worker = openStageWorker(
    home,
    concurrency,
    ({ data }) =>
      take(StageJob.parse(data)).catch((error) => {
        log.error({ err: error, job: data }, 'a stage could not be taken or written down')
        throw error
      }),
    log,
  )
  const stopSchedules = startSchedules({
    db,
    storage,
    queue,
    ffmpeg,
    log,
    signal: shutdown.signal,
    abandonedAfterMinutes,
    holeAfterHours,
    trashDays,
    quotas,
    webhooks,
    site,
    sendsMail: mailServer !== null,
  })
  const stopReconciling = startReconciler({ db, queue, log }, reconcileMs)
  const stopMail = mailServer
    ? startMail({ db, home, server: mailServer, site, log, everyMs: reconcileMs, pauseMs: mailPauseMs })
    : async () => {}
  const stopRounds = startRounds({ db, home, log, site })
  log.info({ concurrency }, 'the worker is running')
  return {
    async close() {
      shutdown.abort(new Error('the worker stops'))
      await Promise.all([worker.close(), stopReconciling(), stopSchedules(), stopMail(), stopRounds()])
      // Only now: while a job runs, the queue takes the same one for a repetition.
      for (const job of [...cutShort, ...lanes.waiting()]) await offer(job)
      await queue.close()
    },
  }
}
