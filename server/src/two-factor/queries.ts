import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { TwoFactor } from '@meanwhile/shared/contract/two-factor'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { recordAccountAudit } from '../audit/record-audit.ts'
import { requireManagedMember } from '../members/access.ts'
import { opensNothingElse } from '../members/password-reset.ts'
import type { SignedIn, Viewer } from '../session.ts'
import { endSessions } from '../sessions/queries.ts'
import { type CodeDeps, keepTwoFactor, requireCode, takeAppCode, tryCode } from './check-code.ts'
import { recoveryCodesLeft, replaceRecoveryCodes } from './recovery-codes.ts'
import { seal } from './seal.ts'
import { tellPerson } from './tell.ts'
import { newSecret, uriOf } from './totp.ts'

const { twoFactors } = schema

/** Who does not confirm within this begins again with another secret. */
const setUpMinutes = 60

const isOn = (userId: string) => and(eq(twoFactors.userId, userId), isNotNull(twoFactors.confirmedAt))
const off = () => new ProblemError('two-factor-off')

export async function hasTwoFactor(db: Db, userId: string): Promise<boolean> {
  return (await db.$count(twoFactors, isOn(userId))) > 0
}

export async function twoFactorOf(db: Db, { id }: SignedIn): Promise<TwoFactor> {
  const [found] = await db.select({ since: twoFactors.confirmedAt }).from(twoFactors).where(isOn(id))
  return { since: found?.since ?? null, recoveryCodes: found ? await recoveryCodesLeft(db, id) : 0 }
}

/** A secret for an authenticator app, in the place of one that was not confirmed. @throws {ProblemError} `two-factor-on` */
export async function startTwoFactor({ db, env }: CodeDeps, { id: userId, email }: SignedIn) {
  const secret = newSecret()
  const values = { secret: seal(env.AUTH_SECRET, userId, secret), createdAt: sql`now()` }
  const started = await db
    .insert(twoFactors)
    .values({ userId, ...values })
    .onConflictDoUpdate({ target: twoFactors.userId, set: { ...values, lastStep: 0 }, setWhere: isNull(twoFactors.confirmedAt) })
    .returning({ userId: twoFactors.userId })
  if (started.length === 0) throw new ProblemError('two-factor-on')
  return { secret, uri: uriOf(secret, email) }
}

/**
 * A first code turns it on. Sessions that began without one end, but for that of the person.
 * @returns the recovery codes
 * @throws {ProblemError} `two-factor-on`, `two-factor-over`, `two-factor-code-wrong`, `too-many-requests`
 */
export async function confirmTwoFactor(deps: CodeDeps, { id: userId, sessionId }: SignedIn, code: string, from: string) {
  const { codes, mailIds } = await tryCode(
    deps.db,
    from,
    async (tx) => {
      const found = await keepTwoFactor(tx, userId)
      if (found?.row.confirmedAt) throw new ProblemError('two-factor-on')
      if (!found || Date.now() - found.row.createdAt.getTime() > setUpMinutes * 60_000) throw new ProblemError('two-factor-over')
      return found
    },
    async (tx, { row, person }) => {
      if (!(await takeAppCode(tx, deps.env, row, code))) return undefined
      await tx.update(twoFactors).set({ confirmedAt: sql`now()` }).where(eq(twoFactors.userId, userId))
      await endSessions(tx, userId, sessionId)
      await recordAccountAudit(tx, person, { action: 'account.two-factor-on', from })
      const told = 'Two-factor was turned on: from now on you are asked for a code of your authenticator app when you sign in.'
      return { codes: await replaceRecoveryCodes(tx, userId), mailIds: await tellPerson(tx, deps.mails, person, told) }
    },
  )
  deps.mails.offer(mailIds)
  return codes
}

/** @returns new recovery codes @throws {ProblemError} `two-factor-off`, `two-factor-code-wrong`, `too-many-requests` */
export async function renewRecoveryCodes(deps: CodeDeps, person: SignedIn, code: string, from: string): Promise<string[]> {
  await requireCode(deps, { userId: person.id, code, from }, off())
  const { codes, mailIds } = await deps.db.transaction(async (tx) => {
    if (!(await keepTwoFactor(tx, person.id))) throw off()
    await recordAccountAudit(tx, person, { action: 'account.recovery-codes-made', from })
    const told = 'New recovery codes were made for your account; the earlier ones work no more.'
    return { codes: await replaceRecoveryCodes(tx, person.id), mailIds: await tellPerson(tx, deps.mails, person, told) }
  })
  deps.mails.offer(mailIds)
  return codes
}

/** @throws {ProblemError} `two-factor-off`, `two-factor-code-wrong`, `too-many-requests` */
export async function removeTwoFactor(deps: CodeDeps, person: SignedIn, code: string, from: string): Promise<void> {
  await requireCode(deps, { userId: person.id, code, from }, off())
  const mailIds = await deps.db.transaction(async (tx) => {
    await tx.delete(twoFactors).where(eq(twoFactors.userId, person.id))
    await recordAccountAudit(tx, person, { action: 'account.two-factor-off', from })
    return tellPerson(tx, deps.mails, person, 'Two-factor was turned off: your account opens without a code now.')
  })
  deps.mails.offer(mailIds)
}

/**
 * An admin turns it off for a member who has lost what makes codes. Whoever may give them a new password may do this.
 * @throws {ProblemError} `not-found`, `forbidden`
 */
export async function endTwoFactor({ db, mails }: CodeDeps, admin: Viewer, userId: string, from: string): Promise<void> {
  const mailIds = await db.transaction(async (tx) => {
    const member = await requireManagedMember(tx, admin, userId)
    if (userId === admin.id) throw new ProblemError('forbidden', 'Your own is turned off in your settings.')
    if (!(await opensNothingElse(tx, admin.id, userId)))
      throw new ProblemError(
        'forbidden',
        `${member.name} is also in a workspace of which you are not an admin, or owns one: that would be less safe too.`,
      )
    const removed = await tx.delete(twoFactors).where(isOn(userId)).returning({ userId: twoFactors.userId })
    if (removed.length === 0) return []
    await recordAccountAudit(tx, member, { action: 'member.two-factor-off', from }, admin)
    return tellPerson(tx, mails, member, `${admin.name} turned off two-factor for you: your account opens without a code now.`)
  })
  mails.offer(mailIds)
}
