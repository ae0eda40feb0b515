import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { tokenHash } from './token-hash.ts'

const { invitations, users, workspaces } = schema

/** An invitation that still works, with its workspace. `keep`: it is not revoked until the transaction ends. */
export async function findInvitation(db: Db, token: string, { keep = false } = {}) {
  const works = and(
    eq(invitations.tokenHash, tokenHash(token)),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, sql`now()`),
  )
  const query = db
    .select({
      id: invitations.id,
      workspaceId: invitations.workspaceId,
      workspace: workspaces.name,
      emailDomains: workspaces.emailDomains,
      invitedBy: users.name,
    })
    .from(invitations)
    .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
    .innerJoin(users, eq(users.id, invitations.createdById))
    .where(works)
  const [found] = await (keep ? query.for('no key update', { of: invitations }) : query)
  return found
}

/** @throws {ProblemError} `invitation-invalid`, `domain-not-allowed` */
export async function requireInvitation(tx: Db, token: string, email: string) {
  const invitation = await findInvitation(tx, token, { keep: true })
  if (!invitation) throw new ProblemError('invitation-invalid', 'Ask the person who sent it for a new one.')
  requireDomain(email, invitation.emailDomains)
  return invitation
}

/** @throws {ProblemError} `domain-not-allowed` when a workspace says at which domains addresses are, and this one is not */
export function requireDomain(email: string, domains: string[]): void {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  if (domains.length === 0 || domains.includes(domain)) return
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(domains)
  throw new ProblemError('domain-not-allowed', `Use an address at ${list}, or ask the owner of the workspace.`)
}

export const countUse = (tx: Db, invitationId: string) =>
  tx
    .update(invitations)
    .set({ uses: sql`${invitations.uses} + 1` })
    .where(eq(invitations.id, invitationId))
