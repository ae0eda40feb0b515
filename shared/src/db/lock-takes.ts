import { eq } from 'drizzle-orm'
import type { Db } from './client.ts'
import { lockVideo } from './finish.ts'
import { updates } from './schema/updates.ts'
import { videos } from './schema/videos.ts'

/**
 * Locks every recording of a candidate whose takes are about to be chosen among, or to go. One that becomes complete meanwhile locks itself,
 * and then the takes of its question: so does this, or the two would wait for each other, or one would go that has just been chosen.
 * @returns the ids of their videos
 */
export async function lockTakes(tx: Db, candidateId: string): Promise<string[]> {
  const own = await tx
    .select({ id: videos.id })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .where(eq(updates.authorId, candidateId))
    .orderBy(videos.id)
  for (const { id } of own) await lockVideo(tx, id)
  return own.map(({ id }) => id)
}
