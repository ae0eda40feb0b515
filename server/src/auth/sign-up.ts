import type { Role } from '@meanwhile/shared/contract/auth'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { tellWebhooks } from '@meanwhile/shared/db/tell-webhooks'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { eq, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit.ts'
import { countUse, requireDomain, requireInvitation } from './invitation.ts'

const { members, sessions, users, workspaces } = schema

/** One sign-up at a time, so that only one person can be the first. */
const signUpLock = 7_318_004_227

/** Who may sign up now. */
export async function signUpMode(db: Db, env: RunningEnv): Promise<'first' | RunningEnv['SIGNUP']> {
  const [someone] = await db.select({ id: users.id }).from(users).limit(1)
  return someone ? env.SIGNUP : 'first'
}

type SignUp = {
  name: string
  email: string
  invitation?: string | undefined
  timeZone?: string | undefined
  /** The address of the request. */
  from: string
}
/** Where a new account belongs, and the invitation that led there. */
type Place = { workspaceId: string; role: Role; invitationId?: string }

async function placeFor(tx: Db, env: RunningEnv, { name, email, invitation }: SignUp): Promise<Place> {
  const mode = await signUpMode(tx, env)
  if (mode === 'first') {
    const values = { name: `${name}'s workspace` }
    return { workspaceId: one(await tx.insert(workspaces).values(values).returning()).id, role: 'owner' }
  }
  if (mode === 'closed')
    throw new ProblemError('accounts-closed', 'Whoever has an account signs in with it, and then opens the invitation link.')
  if (invitation !== undefined) {
    const { id: invitationId, workspaceId } = await requireInvitation(tx, invitation, email)
    await countUse(tx, invitationId)
    return { workspaceId, role: 'member', invitationId }
  }
  if (mode === 'invite') throw new ProblemError('sign-up-closed', 'Ask a member of the workspace for an invitation link.')
  const oldest = one(await tx.select().from(workspaces).orderBy(workspaces.createdAt).limit(1))
  requireDomain(email, oldest.emailDomains)
  return { workspaceId: oldest.id, role: 'member' }
}

/**
 * Makes an account and its membership in one transaction: the first person becomes the owner of a new workspace, the others join.
 * `create` makes the account on the transaction that it is given and says its id.
 * @throws {ProblemError} `sign-up-closed`, `accounts-closed`, `invitation-invalid`, `domain-not-allowed`, and what `create` throws
 */
export const signUpInto = <T extends { user: { id: string; name: string } }>(
  db: Db,
  env: RunningEnv,
  signUp: SignUp,
  create: (tx: Db) => Promise<T>,
): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${signUpLock})`)
    const { invitationId, ...place } = await placeFor(tx, env, signUp)
    const created = await create(tx)
    const { id: userId, name } = created.user
    await tx.insert(members).values({ ...place, userId })
    await tx.update(sessions).set({ workspaceId: place.workspaceId }).where(eq(sessions.userId, userId))
    if (signUp.timeZone) await tx.update(users).set({ timeZone: signUp.timeZone }).where(eq(users.id, userId))
    await recordAudit(tx, {
      actor: { id: userId, name, workspace: { id: place.workspaceId } },
      ...(invitationId
        ? { action: 'invitation.used', target: { type: 'invitation', id: invitationId } }
        : { action: place.role === 'owner' ? 'workspace.created' : 'member.joined' }),
      from: signUp.from,
    })
    await tellWebhooks(tx, place.workspaceId, 'member.joined', { userId, name })
    return created
  })
