import { createHash } from 'node:crypto'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'

const { invitations, members, users, workspaces } = schema

/** One sign-up at a time, so that only one person can be the first. */
const signUpLock = 7_318_004_227

export const tokenHash = (token: string) => createHash('sha256').update(token).digest('hex')

/** Who may sign up now. */
export async function signUpMode(db: Db, env: RunningEnv): Promise<'first' | 'invite' | 'open'> {
  const [someone] = await db.select({ id: users.id }).from(users).limit(1)
  return someone ? env.SIGNUP : 'first'
}

/** An invitation that still works, with its workspace. */
export async function findInvitation(db: Db, token: string) {
  const works = and(
    eq(invitations.tokenHash, tokenHash(token)),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, sql`now()`),
  )
  const [found] = await db
    .select({ id: invitations.id, workspaceId: invitations.workspaceId, workspace: workspaces.name, invitedBy: users.name })
    .from(invitations)
    .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
    .innerJoin(users, eq(users.id, invitations.createdById))
    .where(works)
  return found
}

async function placeFor(tx: Db, env: RunningEnv, name: string, invitation: string | undefined) {
  const mode = await signUpMode(tx, env)
  if (mode === 'first') {
    const workspace = one(
      await tx
        .insert(workspaces)
        .values({ name: `${name}'s workspace` })
        .returning(),
    )
    return { workspaceId: workspace.id, role: 'owner' as const }
  }
  if (invitation !== undefined) {
    const invited = await findInvitation(tx, invitation)
    if (!invited) throw new ProblemError('invitation-invalid', 'Ask the person who sent it for a new one.')
    await tx
      .update(invitations)
      .set({ uses: sql`${invitations.uses} + 1` })
      .where(eq(invitations.id, invited.id))
    return { workspaceId: invited.workspaceId, role: 'member' as const }
  }
  if (mode === 'invite') throw new ProblemError('sign-up-closed', 'Ask a member of the workspace for an invitation link.')
  const oldest = one(await tx.select({ id: workspaces.id }).from(workspaces).orderBy(workspaces.createdAt).limit(1))
  return { workspaceId: oldest.id, role: 'member' as const }
}

/**
 * Makes an account and its membership in one transaction: the first person becomes the owner of a new workspace, the others join.
 * `create` makes the account on the transaction that it is given and says its id.
 * @throws {ProblemError} `sign-up-closed`, `invitation-invalid`, and what `create` throws
 */
export const signUpInto = <T extends { user: { id: string } }>(
  db: Db,
  env: RunningEnv,
  { name, invitation }: { name: string; invitation?: string | undefined },
  create: (tx: Db) => Promise<T>,
): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${signUpLock})`)
    const place = await placeFor(tx, env, name, invitation)
    const created = await create(tx)
    await tx.insert(members).values({ ...place, userId: created.user.id })
    return created
  })
