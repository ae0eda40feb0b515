import { randomUUID } from 'node:crypto'
import type { StageName } from '@meanwhile/shared/contract/videos'
import type { Db } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { stages, videos } from '@meanwhile/shared/db/schema/videos'
import { leaseSeconds, maxAttempts, type StageJob } from '@meanwhile/shared/platform/jobs'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { LeaseLostError } from './failure.ts'
import { isFree, needsDone } from './ready.ts'

/** The right of one attempt to publish a stage. `previousLeaseId` is that of an attempt that stopped without a word. */
export type Lease = {
  videoId: string
  stage: StageName
  leaseId: string
  attempt: number
  previousLeaseId: string | null
  workspaceId: string
  updateId: string
}

/** How long a failed stage waits before its next attempt, by how many there were. */
const backOffSeconds = (attempts: number) => 5 * 4 ** (attempts - 1)

const inSeconds = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`
const changed = { updatedAt: sql`now()` }
const stageOf = ({ videoId, stage }: Pick<Lease, 'videoId' | 'stage'>) => and(eq(stages.videoId, videoId), eq(stages.name, stage))

/** The guard of every change: a stage that somebody else took meanwhile is not touched. */
export const held = (lease: Lease) => and(stageOf(lease), eq(stages.leaseId, lease.leaseId))

/** Tells everybody who looks at the video that a stage of it changed. */
export const tell = (db: Db, { workspaceId, updateId, videoId }: Omit<Lease, 'leaseId' | 'stage'>) =>
  notify(db, workspaceId, { type: 'video', updateId, videoId })

/** A stage that may be worked on now, locked until the transaction ends. */
const findFree = (tx: Db, job: Pick<StageJob, 'videoId' | 'stage'>) =>
  tx
    .select({
      state: stages.state,
      attempts: stages.attempts,
      previousLeaseId: stages.leaseId,
      workspaceId: updates.workspaceId,
      updateId: updates.id,
    })
    .from(stages)
    .innerJoin(videos, eq(videos.id, stages.videoId))
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .where(and(stageOf(job), isFree, needsDone(job.stage), isNull(updates.trashedAt)))
    .for('update', { of: stages, skipLocked: true })

/**
 * Takes a stage; null when it is not to be done now: somebody else does it, it waits for another, it is over, or in the trash.
 * One whose every attempt ended its worker is given up (RELIABILITY L10).
 */
export function claim(db: Db, { videoId, stage }: Pick<StageJob, 'videoId' | 'stage'>): Promise<Lease | null> {
  return db.transaction(async (tx) => {
    const [found] = await findFree(tx, { videoId, stage })
    if (!found) return null
    const { state, attempts, previousLeaseId, workspaceId, updateId } = found
    const lease = { videoId, stage, leaseId: randomUUID(), attempt: attempts + 1, previousLeaseId, workspaceId, updateId }
    const isPoison = state === 'running' && attempts >= maxAttempts
    const running = {
      state: 'running',
      leaseId: lease.leaseId,
      leaseUntil: inSeconds(leaseSeconds),
      attempts: attempts + 1,
    } as const
    const reason = `The worker ended ${attempts} times while it worked on this.`
    const givenUp = {
      state: 'failed',
      leaseId: null,
      leaseUntil: null,
      error: sql`coalesce(${stages.error}, ${reason})`,
    } as const
    await tx
      .update(stages)
      .set({ ...(isPoison ? givenUp : running), progress: 0, ...changed })
      .where(stageOf(lease))
    await tell(tx, lease)
    return isPoison ? null : lease
  })
}

/** Does something in a transaction through which nobody else can take the stage. @throws {LeaseLostError} when somebody has */
export const holding = <T>(db: Db, lease: Lease, change: (tx: Db) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    const [mine] = await tx.select({ name: stages.name }).from(stages).where(held(lease)).for('update')
    if (!mine) throw new LeaseLostError()
    return change(tx)
  })

/** A sign of life. False when the stage is no longer this attempt's, or its update went to the trash. */
export async function extend(db: Db, lease: Lease): Promise<boolean> {
  const isWanted = sql`exists (select 1 from ${updates} where ${updates.id} = ${lease.updateId} and ${updates.trashedAt} is null)`
  const kept = await db
    .update(stages)
    .set({ leaseUntil: inSeconds(leaseSeconds) })
    .where(and(held(lease), isWanted))
    .returning({ name: stages.name })
  return kept.length === 1
}

/** How far it is, 0 to 1. */
export async function reportProgress(db: Db, lease: Lease, progress: number): Promise<void> {
  await change(db, lease, { progress: Math.min(1, Math.max(0, progress)) })
}

/** Gives the stage back at once, as if this attempt had not been: its worker stops. */
export async function release(db: Db, lease: Lease): Promise<boolean> {
  const attempts = sql`greatest(${stages.attempts} - 1, 0)`
  return change(db, lease, { state: 'waiting', leaseId: null, leaseUntil: null, progress: 0, attempts })
}

/** Writes down why an attempt failed; the first reason stays. A final failure, or the last attempt's, fails the stage. */
export async function fail(db: Db, lease: Lease, reason: string, isFinal: boolean): Promise<boolean> {
  const isOver = isFinal || lease.attempt >= maxAttempts
  return change(db, lease, {
    state: isOver ? 'failed' : 'waiting',
    leaseId: null,
    leaseUntil: isOver ? null : inSeconds(backOffSeconds(lease.attempt)),
    progress: 0,
    error: sql`coalesce(${stages.error}, ${reason})`,
  })
}

type Change = Parameters<ReturnType<typeof updateStages>['set']>[0]
const updateStages = (db: Db) => db.update(stages)

async function change(db: Db, lease: Lease, values: Change): Promise<boolean> {
  return db.transaction(async (tx) => {
    const rows = await updateStages(tx)
      .set({ ...values, ...changed })
      .where(held(lease))
      .returning({ name: stages.name })
    if (rows.length === 1) await tell(tx, lease)
    return rows.length === 1
  })
}
