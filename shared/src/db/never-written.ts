import { and, eq, isNotNull, isNull, or } from 'drizzle-orm'
import type { Db } from './client.ts'
import { users } from './schema/people.ts'
import { updates } from './schema/updates.ts'
import { videos } from './schema/videos.ts'

/** Whether what is said in a video is given to no service that writes it down: it belongs to a pairing, or a candidate said it, who agreed to nothing of the kind. */
export async function isNeverWritten(db: Db, videoId: string): Promise<boolean> {
  const isCandidates = and(isNull(videos.commentId), isNotNull(users.candidateOf))
  const rows = await db
    .select({ id: videos.id })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .innerJoin(users, eq(users.id, updates.authorId))
    .where(and(eq(videos.id, videoId), or(isNotNull(updates.pairingId), isCandidates)))
  return rows.length > 0
}
