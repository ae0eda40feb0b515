import type { Db } from '@meanwhile/shared/db/client'
import type { MissingObject } from '@meanwhile/shared/db/schema/life'
import { videos } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { asc, gt } from 'drizzle-orm'
import { keysOfVideo, namedKeys } from './named-keys.ts'

const batch = 200

/** What the rows of one video name and the storage does not have. Rows that went while we looked name nothing. */
async function missingOf(db: Db, storage: Storage, videoId: string): Promise<MissingObject[]> {
  const wanted = await keysOfVideo(db, videoId)
  if (wanted.length === 0) return []
  const there = new Set<string>()
  for await (const key of storage.list(keys.video(videoId))) there.add(key)
  const suspects: string[] = []
  for (const key of wanted) if (!there.has(key) && (await storage.size(key)) === null) suspects.push(key)
  if (suspects.length === 0) return []
  const still = await namedKeys(db, [videoId], suspects)
  return suspects.filter((key) => still.has(key)).map((key) => ({ videoId, key }))
}

/** Goes through all videos, one at a time. */
export async function* findMissing(db: Db, storage: Storage): AsyncGenerator<MissingObject> {
  let last: string | undefined
  for (;;) {
    const page = await db
      .select({ id: videos.id })
      .from(videos)
      .where(last ? gt(videos.id, last) : undefined)
      .orderBy(asc(videos.id))
      .limit(batch)
    for (const { id } of page) yield* await missingOf(db, storage, id)
    last = page.at(-1)?.id
    if (page.length < batch) return
  }
}
