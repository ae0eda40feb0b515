import type { Db } from '@meanwhile/shared/db/client'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { videos } from '@meanwhile/shared/db/schema/videos'
import type { Log } from '@meanwhile/shared/platform/log'
import type { StageQueue } from '@meanwhile/shared/platform/queue'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { isAbandoned, recover } from './recover.ts'

/** In a round; chosen by chance, so that those of which nothing can be made do not keep the others out. */
const batch = 100

export type AbandonedDeps = { db: Db; queue: StageQueue; storage: Storage; log: Log }

/**
 * Finishes the recordings whose recorder gave no sign of life for `minutes`, with what arrived, and starts their stages. Several
 * workers may do it at once. @returns the ids of the videos that this call finished
 */
export async function finishAbandoned({ db, queue, storage, log }: AbandonedDeps, minutes: number): Promise<string[]> {
  const abandoned = await db
    .select({ id: videos.id })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .where(and(isAbandoned(minutes), isNull(updates.trashedAt)))
    .orderBy(sql`random()`)
    .limit(batch)
  const finished: string[] = []
  for (const { id } of abandoned) {
    const recovered = await recover(db, id, minutes)
    if (!recovered) continue
    finished.push(id)
    log.info({ videoId: id }, 'its recorder did not come back: the recording is finished with what arrived')
    for (const key of recovered.withdrawn)
      await storage.delete(key).catch((error) => log.warn({ err: error, key }, 'an object that was withdrawn is left'))
    await queue
      .add(recovered.job)
      .catch((error) => log.warn({ err: error, job: recovered.job }, 'a stage could not be offered; the reconciler will'))
  }
  return finished
}
