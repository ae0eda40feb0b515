import type { Db } from '@meanwhile/shared/db/client'
import { users } from '@meanwhile/shared/db/schema/people'
import { transfers } from '@meanwhile/shared/db/schema/transfers'
import type { Storage, StoredObject } from '@meanwhile/shared/platform/storage'
import { isNotNull } from 'drizzle-orm'
import { busyVideos, namedKeys } from './named-keys.ts'

/** What is younger may be on its way: its row is written together with it, or a stage has not published it yet. */
const youngHours = 24
const batch = 500
const isYoung = (storedAt: Date, now: number) => now - storedAt.getTime() < youngHours * 3_600_000

export type Unnamed = { objects: number; deletedObjects: number; deletedBytes: number; leftObjects: number }

const videoIdIn = (key: string): string | undefined => /^videos\/([0-9a-f-]{36})\//.exec(key)?.[1]

async function* inBatches(objects: AsyncIterable<StoredObject>): AsyncGenerator<StoredObject[]> {
  let some: StoredObject[] = []
  for await (const object of objects) {
    some.push(object)
    if (some.length === batch) {
      yield some
      some = []
    }
  }
  if (some.length > 0) yield some
}

type Sweeping = { storage: Storage; found: Unnamed; now: number }

/** Deletes what lies below a prefix, is old and is not named. */
async function deleteBelow({ storage, found, now }: Sweeping, prefix: string, isNamed: (key: string) => boolean): Promise<void> {
  for await (const { key, sizeBytes, storedAt } of storage.objects(prefix)) {
    found.objects += 1
    if (isNamed(key)) continue
    if (isYoung(storedAt, now)) {
      found.leftObjects += 1
      continue
    }
    await storage.delete(key)
    found.deletedObjects += 1
    found.deletedBytes += sizeBytes
  }
}

/** The files of exports whose row is gone with its workspace or its person. */
async function deleteUnnamedExports(db: Db, sweeping: Sweeping): Promise<void> {
  const rows = await db.select({ id: transfers.id }).from(transfers)
  const named = new Set(rows.map(({ id }) => id))
  await deleteBelow(sweeping, 'transfers/', (key) => named.has(key.split('/')[1] ?? ''))
}

/** Pictures of people that were replaced, or whose person is gone. */
async function deleteUnnamedPictures(db: Db, sweeping: Sweeping): Promise<void> {
  const rows = await db.select({ key: users.pictureKey }).from(users).where(isNotNull(users.pictureKey))
  const named = new Set(rows.map(({ key }) => key))
  await deleteBelow(sweeping, 'people/', (key) => named.has(key))
}

/** Deletes the objects of videos, exports and people that no row names, unless they are young or of something that is still made. */
export async function deleteUnnamed(db: Db, storage: Storage, now = Date.now()): Promise<Unnamed> {
  const found: Unnamed = { objects: 0, deletedObjects: 0, deletedBytes: 0, leftObjects: 0 }
  for await (const some of inBatches(storage.objects('videos/'))) {
    found.objects += some.length
    // Whatever else lies there is not ours.
    const ours = some.flatMap((object) => {
      const videoId = videoIdIn(object.key)
      return videoId ? [{ ...object, videoId }] : []
    })
    if (ours.length === 0) continue
    const videoIds = [...new Set(ours.map(({ videoId }) => videoId))]
    // Who is busy is asked first: a stage that ends in between has its rows by then.
    const busy = await busyVideos(db, videoIds)
    const named = await namedKeys(
      db,
      videoIds,
      ours.map(({ key }) => key),
    )
    for (const { key, videoId, sizeBytes, storedAt } of ours) {
      if (named.has(key)) continue
      if (busy.has(videoId) || isYoung(storedAt, now)) {
        found.leftObjects += 1
        continue
      }
      await storage.delete(key)
      found.deletedObjects += 1
      found.deletedBytes += sizeBytes
    }
  }
  await deleteUnnamedExports(db, { storage, found, now })
  await deleteUnnamedPictures(db, { storage, found, now })
  return found
}
