import type { Db } from '@meanwhile/shared/db/client'
import type { StageJob } from '@meanwhile/shared/platform/jobs'
import type { Log } from '@meanwhile/shared/platform/log'
import type { StageQueue } from '@meanwhile/shared/platform/queue'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { LeaseLostError, reasonFor, StageFailure } from './failure.ts'
import type { Ffmpeg } from './ffmpeg/run.ts'
import { claim, extend, fail, holding, type Lease, release, reportProgress } from './lease.ts'
import { discard, publish, store } from './publish.ts'
import { followersOf } from './ready.ts'
import { withScratch } from './scratch.ts'
import type { Stage, Stages, Work } from './stages/stage.ts'

/** How often an attempt says that it lives, and says how far it is. */
const heartbeatMs = 10_000
const progressMs = 1_000

export type StageDeps = { db: Db; storage: Storage; queue: StageQueue; ffmpeg: Ffmpeg; stages: Stages; log: Log }

/** Keeps a lease while the work goes on. @returns the function that ends it */
function keepAlive({ db, log }: StageDeps, lease: Lease, onLost: () => void) {
  const timer = setInterval(() => {
    extend(db, lease).then(
      (isKept) => isKept || onLost(),
      // The work goes on: only the guard of `publish` says whether it was for nothing.
      (error) => log.warn({ err: error }, 'the lease could not be extended'),
    )
  }, heartbeatMs)
  return () => clearInterval(timer)
}

function progressOf({ db, log }: StageDeps, lease: Lease) {
  let saidAt = Date.now()
  return (fraction: number) => {
    if (Date.now() - saidAt < progressMs) return
    saidAt = Date.now()
    reportProgress(db, lease, fraction).catch((error) => log.warn({ err: error }, 'progress could not be written down'))
  }
}

async function attempt(deps: StageDeps, make: Stage, lease: Lease, signal: AbortSignal) {
  const { db, storage, ffmpeg, log } = deps
  const { videoId } = lease
  if (lease.previousLeaseId) await discard(db, storage, videoId, lease.previousLeaseId)
  const replaced = await withScratch(async (dir) => {
    const onProgress = progressOf(deps, lease)
    const whileHeld: Work['whileHeld'] = (change) => holding(db, lease, change)
    const outcome = await make({ videoId, dir, signal, db, storage, ffmpeg, log, onProgress, whileHeld })
    const { made, also } = Array.isArray(outcome) ? { made: outcome, also: undefined } : outcome
    return publish(db, lease, await store(storage, lease, made, signal), also)
  })
  for (const key of replaced) await storage.delete(key).catch((error) => log.warn({ err: error, key }, 'an old object is left'))
}

/** Writes down how an attempt ended that did not publish, and removes what it stored. */
async function settle(deps: StageDeps, lease: Lease, error: unknown, signal: AbortSignal) {
  const { db, storage, log } = deps
  if (signal.aborted || error instanceof LeaseLostError) await release(db, lease)
  else {
    log.error({ err: error, attempt: lease.attempt }, 'the stage failed')
    await fail(db, lease, reasonFor(error), error instanceof StageFailure && error.isFinal)
  }
  await discard(db, storage, lease.videoId, lease.leaseId)
}

/**
 * Does one stage of one video, if it is to be done, and offers those that waited for it. It may be called twice with the same job.
 * When `shutdown` aborts, the stage is given back and that attempt does not count.
 */
export async function runStage(deps: StageDeps, job: StageJob, shutdown: AbortSignal): Promise<void> {
  const { videoId, stage, requestId } = job
  const make = deps.stages[stage]
  if (!make) return
  const lease = await claim(deps.db, job)
  if (!lease) return
  const log = deps.log.child({ videoId, stage, requestId })
  const lost = new AbortController()
  const signal = AbortSignal.any([shutdown, lost.signal])
  const own = { ...deps, log }
  const stopKeeping = keepAlive(own, lease, () => lost.abort(new LeaseLostError()))
  const startedAt = Date.now()
  try {
    await attempt(own, make, lease, signal)
    log.info({ ms: Date.now() - startedAt }, 'the stage is done')
  } catch (error) {
    return await settle(own, lease, error, signal)
  } finally {
    stopKeeping()
  }
  for (const follower of followersOf(stage)) await deps.queue.add({ videoId, stage: follower, requestId })
}
