import { type Db, schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'

const { updates, users, videos } = schema

/** Deletes the person behind an invitation with everything they said; a trigger writes down whose objects have to follow. @returns the ids of their videos */
export async function eraseSaid(tx: Db, invitationId: string): Promise<string[]> {
  const gone = await tx
    .select({ id: videos.id })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .where(eq(updates.authorId, invitationId))
  await tx.delete(users).where(eq(users.candidateOf, invitationId))
  return gone.map(({ id }) => id)
}
