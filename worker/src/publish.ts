import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Db } from '@meanwhile/shared/db/client'
import { assets, stages } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, eq, like, or, sql } from 'drizzle-orm'
import { LeaseLostError } from './failure.ts'
import { held, type Lease, tell } from './lease.ts'
import type { Made, Outcome } from './stages/stage.ts'

export type NewAsset = typeof assets.$inferInsert

const prefixOf = (videoId: string, leaseId: string) => keys.asset(videoId, leaseId, '')

/** Stores what an attempt made under keys that are its own. @returns the rows to publish */
export async function store(storage: Storage, lease: Lease, made: Made[], signal: AbortSignal): Promise<NewAsset[]> {
  const { videoId, stage, leaseId } = lease
  const put = async (file: string) => {
    signal.throwIfAborted()
    const key = keys.asset(videoId, leaseId, basename(file))
    await storage.putFile(key, file)
    return key
  }
  const rows: NewAsset[] = []
  for (const { file, hls, ...facts } of made) {
    const { size: sizeBytes } = await stat(file)
    const segments = hls ? { hlsKey: await put(hls.file), hlsIndex: hls.index } : {}
    rows.push({ ...facts, videoId, stage, key: await put(file), sizeBytes, ...segments })
  }
  return rows
}

/**
 * Makes an attempt's assets those of the video and its stage done, in one step.
 * `also` is done in the same step.
 * @returns keys of the objects that they replaced @throws {LeaseLostError} when the stage is no longer this attempt's
 */
export function publish(db: Db, lease: Lease, made: NewAsset[], also?: Outcome['also']): Promise<string[]> {
  return db.transaction(async (tx) => {
    const done = { state: 'done', progress: 1, error: null, leaseId: null, leaseUntil: null, updatedAt: sql`now()` } as const
    const rows = await tx.update(stages).set(done).where(held(lease)).returning({ name: stages.name })
    if (rows.length === 0) throw new LeaseLostError()
    const replaced = await tx
      .delete(assets)
      .where(and(eq(assets.videoId, lease.videoId), eq(assets.stage, lease.stage)))
      .returning({ key: assets.key, hlsKey: assets.hlsKey })
    if (made.length > 0) await tx.insert(assets).values(made)
    const unneeded = (await also?.(tx)) ?? []
    await tell(tx, lease)
    return [...unneeded, ...replaced.flatMap(({ key, hlsKey }) => (hlsKey ? [key, hlsKey] : [key]))]
  })
}

/**
 * Removes what an attempt stored and did not publish. The database is asked first: an answer that got lost on the way may have
 * been a yes.
 */
export async function discard(db: Db, storage: Storage, videoId: string, leaseId: string): Promise<void> {
  const prefix = prefixOf(videoId, leaseId)
  const isBelow = or(like(assets.key, `${prefix}%`), like(assets.hlsKey, `${prefix}%`))
  const [published] = await db
    .select({ name: assets.name })
    .from(assets)
    .where(and(eq(assets.videoId, videoId), isBelow))
    .limit(1)
  if (!published) await storage.deleteAll(prefix)
}
