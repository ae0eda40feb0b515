import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { eq, sql } from 'drizzle-orm'
import { recordAccountAudit } from '../audit/record-audit.ts'
import type { Outbox } from '../mails/outbox.ts'
import { recoveryCodesLeft, useRecoveryCode } from './recovery-codes.ts'
import { unseal } from './seal.ts'
import { tellPerson } from './tell.ts'
import { stepOf } from './totp.ts'

const { twoFactors, users } = schema

/** So many wrong codes are nobody's guesses; after that each takes twice as long to wait for as the one before, up to an hour. */
const freeFailures = 5
const longestMinutes = 60

export type CodeDeps = { db: Db; env: RunningEnv; mails: Outbox }
type Row = typeof twoFactors.$inferSelect

/** What is kept of a person, and who they are. */
export type Found = { row: Row; person: { id: string; name: string; email: string } }

/** Kept by the transaction, so that tries at once follow each other. */
export async function keepTwoFactor(tx: Db, userId: string): Promise<Found | undefined> {
  const [found] = await tx
    .select({ row: twoFactors, person: { id: users.id, name: users.name, email: users.email } })
    .from(twoFactors)
    .innerJoin(users, eq(users.id, twoFactors.userId))
    .where(eq(twoFactors.userId, userId))
    .for('update', { of: twoFactors })
  return found
}

/** The row is the place of the count, so that it outlives a restart and counts for all processes. */
function minutesToWait({ failures, failedAt }: Row): number {
  if (failures < freeFailures || !failedAt) return 0
  const minutes = Math.min(longestMinutes, 2 ** (failures - freeFailures))
  return Math.ceil(minutes - (Date.now() - failedAt.getTime()) / 60_000)
}

const wrongCode = () =>
  new ProblemError('two-factor-code-wrong', undefined, {
    errors: [{ field: 'code', message: 'is not right, or was used already' }],
  })

/** The server has another secret than the one with which that of the app was sealed: no code of it can be right, and none is counted. */
const unreadable = () =>
  new ProblemError(
    'two-factor-code-wrong',
    'Codes of your app cannot be checked any more, because a secret of this server was replaced. Use a recovery code, or ask an admin.',
  )

const tooMany = (minutes: number) =>
  new ProblemError(
    'too-many-requests',
    `Too many wrong codes. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`,
  )

const countFailure = async (tx: Db, userId: string) =>
  tx
    .update(twoFactors)
    .set({ failures: sql`${twoFactors.failures} + 1`, failedAt: sql`now()` })
    .where(eq(twoFactors.userId, userId))

/** Whether it is the code of a step later than any that was taken (RFC 6238, section 5.2). Then it is taken. */
export async function takeAppCode(tx: Db, env: RunningEnv, row: Row, code: string): Promise<boolean> {
  const secret = unseal(env.AUTH_SECRET, row.userId, row.secret)
  const step = secret && stepOf(secret, code)
  if (!step || step <= row.lastStep) return false
  await tx.update(twoFactors).set({ lastStep: step, failures: 0, failedAt: null }).where(eq(twoFactors.userId, row.userId))
  return true
}

/**
 * Tries a code in a transaction of its own, so that a wrong one is counted whatever becomes of the rest.
 * @param find whose code it is, kept
 * @param take what a right code leads to; undefined when it is not right
 * @throws {ProblemError} `two-factor-code-wrong`, `too-many-requests`, and what `find` throws
 */
export async function tryCode<T>(
  db: Db,
  from: string,
  find: (tx: Db) => Promise<Found>,
  take: (tx: Db, found: Found) => Promise<T | undefined>,
): Promise<T> {
  const outcome = await db.transaction(async (tx) => {
    const found = await find(tx)
    const minutes = minutesToWait(found.row)
    if (minutes > 0) return tooMany(minutes)
    const taken = await take(tx, found)
    if (taken !== undefined) return { taken }
    await countFailure(tx, found.row.userId)
    await recordAccountAudit(tx, found.person, { action: 'account.two-factor-failed', from }, null)
    return wrongCode()
  })
  if (outcome instanceof ProblemError) throw outcome
  return outcome.taken
}

type Shown = { userId: string; code: string; from: string }

/**
 * A person whose two-factor is on shows a code of their app, or a recovery code, which counts once.
 * @param missing what is said where it is not on
 * @throws {ProblemError} `missing`, `two-factor-code-wrong`, `too-many-requests`
 */
export async function requireCode({ db, env, mails }: CodeDeps, { userId, code, from }: Shown, missing: ProblemError) {
  const mailIds = await tryCode(
    db,
    from,
    async (tx) => {
      const found = await keepTwoFactor(tx, userId)
      if (!found?.row.confirmedAt) throw missing
      return found
    },
    async (tx, { row, person }) => {
      if (await takeAppCode(tx, env, row, code)) return []
      if (!(await useRecoveryCode(tx, userId, code))) {
        if (unseal(env.AUTH_SECRET, userId, row.secret) === null) throw unreadable()
        return undefined
      }
      await tx.update(twoFactors).set({ failures: 0, failedAt: null }).where(eq(twoFactors.userId, userId))
      const left = await recoveryCodesLeft(tx, userId)
      await recordAccountAudit(tx, person, { action: 'account.recovery-code-used', details: { left }, from })
      return tellPerson(tx, mails, person, `One of your recovery codes was used; ${left} are left.`)
    },
  )
  mails.offer(mailIds)
}
