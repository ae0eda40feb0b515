import { ProblemError } from '@meanwhile/shared/contract/problem'
import { addMail, mailsLately } from '@meanwhile/shared/db/add-mail'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { and, count, eq, gt, sql } from 'drizzle-orm'
import { requireDomain } from '../auth/invitation.ts'
import { invitationLetter } from '../mails/letters.ts'
import type { Viewer } from '../session.ts'
import { addInvitation, invitationDays } from './queries.ts'

const { mails, workspaces } = schema

/** Strangers must not be written to at will, by whoever makes a workspace. */
const anHourEach = 2
const aDay = 200

async function requireFew(tx: Db, workspaceId: string, addresses: number): Promise<void> {
  const today = and(
    eq(mails.workspaceId, workspaceId),
    eq(mails.kind, 'invitation'),
    gt(mails.createdAt, sql`now() - interval '1 day'`),
  )
  const [found] = await tx.select({ sent: count() }).from(mails).where(today)
  if ((found?.sent ?? 0) + addresses > aDay)
    throw new ProblemError(
      'too-many-requests',
      `A workspace invites ${aDay} people a day by mail. Links that you hand out yourself have no limit.`,
    )
}

/**
 * A link of its own for each address, once, with the mail that carries it.
 * @throws {ProblemError} `domain-not-allowed` where somebody could not join with their address, `too-many-requests`
 */
export const inviteByMail = ({ db, env }: { db: Db; env: RunningEnv }, admin: Viewer, emails: string[], from: string) =>
  db.transaction(async (tx) => {
    const { id: workspaceId, name } = admin.workspace
    const { emailDomains } = one(await tx.select().from(workspaces).where(eq(workspaces.id, workspaceId)).for('no key update'))
    const addresses = new Set(emails.map((email) => email.toLowerCase()))
    await requireFew(tx, workspaceId, addresses.size)
    const invitations = []
    const mailIds = []
    for (const to of addresses) {
      requireDomain(to, emailDomains)
      if ((await mailsLately(tx, 'invitation', to)) >= anHourEach)
        throw new ProblemError('too-many-requests', `${to} was sent invitations just now. Wait an hour, or copy a link for them.`)
      const invitation = await addInvitation(tx, admin, from, to)
      const letter = invitationLetter(admin.name, name, `${env.PUBLIC_URL}/join/${invitation.token}`, invitationDays)
      const minutes = invitationDays * 24 * 60
      mailIds.push(await addMail(tx, { kind: 'invitation', to, letter, of: { workspaceId }, minutes }))
      invitations.push(invitation)
    }
    return { invitations, mailIds }
  })
