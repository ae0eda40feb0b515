import { randomBytes } from 'node:crypto'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { addMail, mailsLately } from '@meanwhile/shared/db/add-mail'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { recordAccountAudit, recordAudit } from '../audit/record-audit.ts'
import { findAccount } from '../auth/find-account.ts'
import { tokenHash } from '../auth/token-hash.ts'
import { passwordResetLetter } from '../mails/letters.ts'
import type { Viewer } from '../session.ts'
import { confirmAddress, endAccess } from '../sessions/end-access.ts'
import { setPassword, voidPasswordResets } from '../sessions/queries.ts'
import { requireManagedMember } from './access.ts'

const { members, passwordResets, users } = schema

const resetHours = 24
const mailedMinutes = 30
/** More than that an hour, and somebody floods a mailbox. */
const mailedAnHour = 3

/** Whether nothing that a person's account opens is closed to this admin: whoever sets a password gets all of it. */
export async function opensNothingElse(tx: Db, adminId: string, userId: string): Promise<boolean> {
  const theirs = await tx
    .select({
      role: members.role,
      managed: sql<boolean>`exists (select 1 from members own where own.workspace_id = ${members.workspaceId}
        and own.user_id = ${adminId} and own.role in ('owner', 'admin'))`,
    })
    .from(members)
    .where(eq(members.userId, userId))
  return theirs.length > 0 && theirs.every(({ role, managed }) => managed && role !== 'owner')
}

/**
 * A link with which a member sets a new password. It is returned once, and takes the place of an earlier one.
 * @throws {ProblemError} `not-found`, `forbidden`
 */
export const addPasswordReset = (db: Db, admin: Viewer, userId: string, from: string) =>
  db.transaction(async (tx) => {
    const member = await requireManagedMember(tx, admin, userId)
    if (userId === admin.id) throw new ProblemError('forbidden', 'Your own password is changed in your settings.')
    if (!(await opensNothingElse(tx, admin.id, userId)))
      throw new ProblemError(
        'forbidden',
        `${member.name} is also in a workspace of which you are not an admin, or owns one: a new password would open that too.`,
      )
    await voidPasswordResets(tx, userId)
    const token = randomBytes(24).toString('base64url')
    const { expiresAt } = one(
      await tx
        .insert(passwordResets)
        .values({
          userId,
          createdById: admin.id,
          tokenHash: tokenHash(token),
          expiresAt: sql`now() + make_interval(hours => ${resetHours})`,
        })
        .returning(),
    )
    const target = { type: 'person', id: userId, name: member.name }
    await recordAudit(tx, { actor: admin, action: 'member.password-link-created', target, from })
    return { token, expiresAt }
  })

/**
 * Sends a link with which the owner of an account sets a new password, if there is one with this address.
 * @returns the ids of mails to send
 */
export const mailPasswordReset = ({ db, env }: { db: Db; env: RunningEnv }, email: string): Promise<string[]> =>
  db.transaction(async (tx) => {
    const account = await findAccount(tx, email)
    if (!account || (await mailsLately(tx, 'password-reset', account.email)) >= mailedAnHour) return []
    const token = randomBytes(24).toString('base64url')
    await tx.insert(passwordResets).values({
      userId: account.id,
      createdById: account.id,
      tokenHash: tokenHash(token),
      expiresAt: sql`now() + make_interval(mins => ${mailedMinutes})`,
    })
    const letter = passwordResetLetter(account.name, `${env.PUBLIC_URL}/reset/${token}`, mailedMinutes)
    const post = { kind: 'password-reset', to: account.email, letter, minutes: mailedMinutes } as const
    return [await addMail(tx, { ...post, of: { userId: account.id } })]
  })

/** Whose password a link sets. The rights of who made it count as they are now. @throws {ProblemError} `reset-invalid` */
export async function requirePasswordReset(tx: Db, token: string) {
  const works = and(
    eq(passwordResets.tokenHash, tokenHash(token)),
    isNull(passwordResets.usedAt),
    gt(passwordResets.expiresAt, sql`now()`),
  )
  const [found] = await tx
    .select({ createdById: passwordResets.createdById, user: users })
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.userId))
    .where(works)
    .for('update', { of: passwordResets })
  const isByMail = found?.createdById === found?.user.id
  if (!found || !(isByMail || (await opensNothingElse(tx, found.createdById, found.user.id))))
    throw new ProblemError('reset-invalid', 'Ask for a new one.')
  const { id, name, email } = found.user
  return { id, name, email, isByMail }
}

/**
 * Sets the password. Nothing else opens the account any more: whoever had got in may have added it. The link works once.
 * @throws {ProblemError} `reset-invalid`
 */
export const usePasswordReset = (db: Db, token: string, passwordHash: string, from: string): Promise<void> =>
  db.transaction(async (tx) => {
    const person = await requirePasswordReset(tx, token)
    if (person.isByMail) await confirmAddress(tx, person.id, from)
    await endAccess(tx, person.id)
    await setPassword(tx, person.id, passwordHash)
    await recordAccountAudit(tx, person, { action: 'account.password-reset', from })
  })
