import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { mails } from './schema/mails.ts'
import { invitations } from './schema/people.ts'

/** Those of some invitation links that are open do not work any more, and mails that would bring one are not sent. */
export async function revokeInvitations(tx: Db, which: SQL | undefined): Promise<void> {
  const revoked = await tx
    .update(invitations)
    .set({ revokedAt: sql`now()` })
    .where(and(which, isNull(invitations.revokedAt)))
    .returning({ workspaceId: invitations.workspaceId, email: invitations.email })
  for (const { workspaceId, email } of revoked)
    if (email)
      await tx
        .delete(mails)
        .where(
          and(
            eq(mails.kind, 'invitation'),
            eq(mails.state, 'waiting'),
            eq(mails.workspaceId, workspaceId),
            eq(mails.recipient, email),
          ),
        )
}
