import type { StageName } from '@meanwhile/shared/contract/videos'
import type { Db } from '@meanwhile/shared/db/client'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { stages, videos } from '@meanwhile/shared/db/schema/videos'
import { type StageJob, stageNeeds, stagePriority } from '@meanwhile/shared/platform/jobs'
import type { Log } from '@meanwhile/shared/platform/log'
import type { StageQueue } from '@meanwhile/shared/platform/queue'
import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { isFree, needsDone } from '../ready.ts'
import { startEvery } from './every.ts'

/** More than all workers do until the next round. */
const batch = 500

const stageNames = (Object.keys(stageNeeds) as StageName[]).sort((a, b) => stagePriority[a] - stagePriority[b])

const isReady = or(...stageNames.map((name) => and(eq(stages.name, name), needsDone(name))))
const order = sql`array_position(array[${sql.join(
  stageNames.map((name) => sql`${name}`),
  sql`, `,
)}]::text[], ${stages.name})`

/** The stages that somebody should be doing and nobody is, the most urgent first. */
export const unfinishedStages = (db: Db): Promise<StageJob[]> =>
  db
    .select({ videoId: stages.videoId, stage: stages.name, requestId: stages.requestId })
    .from(stages)
    .innerJoin(videos, eq(videos.id, stages.videoId))
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .where(and(isFree, isReady, isNull(updates.trashedAt)))
    .orderBy(order, stages.updatedAt)
    .limit(batch)

/** Offers them again: what the queue still knows is not added twice, and what it forgot is not lost. @returns how many */
export async function reconcile(db: Db, queue: StageQueue): Promise<number> {
  const jobs = await unfinishedStages(db)
  for (const job of jobs) await queue.add(job)
  return jobs.length
}

/** Reconciles now and every `everyMs` after. @returns the function that ends it, when a round that runs is over */
export const startReconciler = ({ db, queue, log }: { db: Db; queue: StageQueue; log: Log }, everyMs: number) =>
  startEvery(
    everyMs,
    () => reconcile(db, queue),
    (error) => log.warn({ err: error }, 'unfinished stages could not be offered again'),
  )
