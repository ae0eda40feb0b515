import type { Db } from '@meanwhile/shared/db/client'
import { StageJob } from '@meanwhile/shared/platform/jobs'
import type { Log } from '@meanwhile/shared/platform/log'
import { openStageQueue, openStageWorker, type QueueHome } from '@meanwhile/shared/platform/queue'
import type { Storage } from '@meanwhile/shared/platform/storage'
import type { Transcription } from '@meanwhile/shared/platform/transcription'
import { exportWorkspace } from './export/export-workspace.ts'
import { openFfmpeg, type Programs } from './ffmpeg/run.ts'
import { createLanes } from './lanes.ts'
import { runStage } from './run-stage.ts'
import { finishAbandoned } from './schedules/abandoned.ts'
import { startEvery } from './schedules/every.ts'
import { forgetEvents } from './schedules/forget-events.ts'
import { fillHoles } from './schedules/holes.ts'
import { startReconciler } from './schedules/reconcile.ts'
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
import { forgetTransfers } from './transfers/forget-transfers.ts'
import { runTransfers } from './transfers/run-transfers.ts'

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
const abandonedEveryMs = 60_000
const forgetEveryMs = 10 * 60_000
const holesEveryMs = 15 * 60_000
const transfersEveryMs = 3_000
const forgetTransfersEveryMs = 60_000

/** `stages` and `reconcileMs` are for tests. */
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
  /** Who writes down what is said; null for nobody. */
  transcription?: Transcription | null
  stages?: Stages
  reconcileMs?: number
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
    stages = allStages(openTranscriber(transcription, deps.programs.searchPath)),
    reconcileMs = everyMs,
    abandonedAfterMinutes = 30,
    holeAfterHours = 24,
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
  const stopRecovering = startEvery(
    abandonedEveryMs,
    () => finishAbandoned({ db, queue, storage, log }, abandonedAfterMinutes),
    (error) => log.warn({ err: error }, 'abandoned recordings could not be finished'),
  )
  const stopFilling = startEvery(
    holesEveryMs,
    () => fillHoles({ db, queue, storage, ffmpeg, log, signal: shutdown.signal }, holeAfterHours),
    (error) => shutdown.signal.aborted || log.warn({ err: error }, 'holes in recordings could not be filled'),
  )
  const stopForgetting = startEvery(
    forgetEveryMs,
    () => forgetEvents(db),
    (error) => log.warn({ err: error }, 'old live events could not be deleted'),
  )
  const makers = { export: exportWorkspace }
  const stopTransferring = startEvery(
    transfersEveryMs,
    () => runTransfers({ db, storage, log, makers }, shutdown.signal),
    (error) => shutdown.signal.aborted || log.warn({ err: error }, 'exports could not be taken or written down'),
  )
  const stopForgettingTransfers = startEvery(
    forgetTransfersEveryMs,
    () => forgetTransfers(db, storage),
    (error) => log.warn({ err: error }, 'old exports could not be deleted'),
  )
  const stopReconciling = startReconciler({ db, queue, log }, reconcileMs)
  log.info({ concurrency }, 'the worker is running')
  return {
    async close() {
      shutdown.abort(new Error('the worker stops'))
      await Promise.all([
        worker.close(),
        stopReconciling(),
        stopRecovering(),
        stopFilling(),
        stopForgetting(),
        stopTransferring(),
        stopForgettingTransfers(),
      ])
      // Only now: while a job runs, the queue takes the same one for a repetition.
      for (const job of [...cutShort, ...lanes.waiting()]) await offer(job)
      await queue.close()
    },
  }
}
