import { eq } from 'drizzle-orm'
import type { Db } from './client.ts'
import { lockTakes } from './lock-takes.ts'
import { candidateInvitations } from './schema/interviews.ts'
import { mails } from './schema/mails.ts'
import { users } from './schema/people.ts'

/**
 * Deletes the person behind an invitation with everything they said, what was said about it, and every letter to them; a trigger writes down
 * whose objects have to follow. @returns the ids of their videos
 */
export async function eraseSaid(tx: Db, invitationId: string): Promise<string[]> {
  // First the invitation, then the recordings: so do all that change both.
  await tx
    .select({ id: candidateInvitations.id })
    .from(candidateInvitations)
    .where(eq(candidateInvitations.id, invitationId))
    .for('update')
  const gone = await lockTakes(tx, invitationId)
  await tx.delete(mails).where(eq(mails.candidateId, invitationId))
  await tx.delete(users).where(eq(users.candidateOf, invitationId))
  return gone
}
