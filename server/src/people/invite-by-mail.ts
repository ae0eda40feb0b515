import { type Db, one, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { eq } from 'drizzle-orm'
import { requireDomain } from '../auth/invitation.ts'
import { addMail } from '../mails/add-mail.ts'
import { invitationLetter } from '../mails/letters.ts'
import type { Viewer } from '../session.ts'
import { addInvitation, invitationDays } from './queries.ts'

const { workspaces } = schema

/**
 * A link of its own for each address, once, with the mail that carries it.
 * @throws {ProblemError} `domain-not-allowed` where somebody could not join with their address
 */
export const inviteByMail = ({ db, env }: { db: Db; env: RunningEnv }, admin: Viewer, emails: string[], from: string) =>
  db.transaction(async (tx) => {
    const { id: workspaceId, name } = admin.workspace
    const { emailDomains } = one(await tx.select().from(workspaces).where(eq(workspaces.id, workspaceId)))
    const invitations = []
    const mailIds = []
    for (const to of new Set(emails.map((email) => email.toLowerCase()))) {
      requireDomain(to, emailDomains)
      const invitation = await addInvitation(tx, admin, from, to)
      const letter = invitationLetter(admin.name, name, `${env.PUBLIC_URL}/join/${invitation.token}`, invitationDays)
      const minutes = invitationDays * 24 * 60
      mailIds.push(await addMail(tx, { kind: 'invitation', to, letter, of: { workspaceId }, minutes }))
      invitations.push(invitation)
    }
    return { invitations, mailIds }
  })
