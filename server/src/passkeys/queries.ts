import type { Passkey } from '@meanwhile/shared/contract/passkeys'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { and, asc, eq } from 'drizzle-orm'
import { recordAccountAudit } from '../audit/record-audit.ts'
import { keepWaysIn, requireWayIn } from '../auth/ways-in.ts'
import type { SignedIn } from '../session.ts'

const { passkeys } = schema
type Deps = { db: Db; env: RunningEnv }
type Row = typeof passkeys.$inferSelect

const shown = ({ id, name, createdAt, usedAt }: Row): Passkey => ({ id, name, createdAt, usedAt })
const isOwn = (person: SignedIn, passkeyId: string) => and(eq(passkeys.id, passkeyId), eq(passkeys.userId, person.id))

/** The passkeys of somebody, in the order in which they were added. */
export const passkeysOf = async (db: Db, person: SignedIn): Promise<Passkey[]> =>
  (await db.select().from(passkeys).where(eq(passkeys.userId, person.id)).orderBy(asc(passkeys.createdAt))).map(shown)

type Made = Pick<Row, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'name'>

/** @throws {ProblemError} `passkey-invalid` for one that is known already */
export const addPasskey = (db: Db, person: SignedIn, made: Made, from: string): Promise<Passkey> =>
  db.transaction(async (tx) => {
    const [row] = await tx
      .insert(passkeys)
      .values({ ...made, userId: person.id })
      .onConflictDoNothing()
      .returning()
    if (!row) throw new ProblemError('passkey-invalid', 'It is here already.')
    await recordAccountAudit(tx, person, { action: 'account.passkey-added', details: { passkey: row.name }, from })
    return shown(row)
  })

/** @throws {ProblemError} `not-found` */
export async function renamePasskey(db: Db, person: SignedIn, passkeyId: string, name: string): Promise<Passkey> {
  const renamed = await db.update(passkeys).set({ name }).where(isOwn(person, passkeyId)).returning()
  if (renamed.length === 0) throw new ProblemError('not-found')
  return shown(one(renamed))
}

/** @throws {ProblemError} `not-found`; `only-way-in` for the last one of who has no password and no account of a provider */
export const removePasskey = ({ db, env }: Deps, person: SignedIn, passkeyId: string, from: string): Promise<void> =>
  db.transaction(async (tx) => {
    await keepWaysIn(tx, person.id)
    const [removed] = await tx.delete(passkeys).where(isOwn(person, passkeyId)).returning()
    if (!removed) throw new ProblemError('not-found')
    await requireWayIn(tx, env, person.id, 'Set a password or add another passkey first.')
    await recordAccountAudit(tx, person, { action: 'account.passkey-removed', details: { passkey: removed.name }, from })
  })
