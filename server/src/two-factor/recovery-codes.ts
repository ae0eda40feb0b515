import { randomInt } from 'node:crypto'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq } from 'drizzle-orm'
import { tokenHash } from '../auth/token-hash.ts'

const { recoveryCodes } = schema

/** Nothing that is taken for something else when it is written down by hand. */
const letters = 'abcdefghjkmnpqrstvwxyz23456789'
const howMany = 10
const groups = 4
const groupLength = 4

const group = () => Array.from({ length: groupLength }, () => letters[randomInt(letters.length)]).join('')
const newCode = () => Array.from({ length: groups }, group).join('-')

/** Codes have 78 bits, so that nobody finds one by its hash; two people never have the same. */
const hashOf = (userId: string, code: string) => tokenHash(`${userId}:${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)

/** Makes new ones in the place of those that there are. They are returned once. */
export async function replaceRecoveryCodes(tx: Db, userId: string): Promise<string[]> {
  const codes = Array.from({ length: howMany }, newCode)
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ userId, codeHash: hashOf(userId, code) })))
  return codes
}

export const recoveryCodesLeft = (db: Db, userId: string): Promise<number> =>
  db.$count(recoveryCodes, eq(recoveryCodes.userId, userId))

/** Whether it was one of them; it is none any more. */
export async function useRecoveryCode(tx: Db, userId: string, code: string): Promise<boolean> {
  const isIt = and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, hashOf(userId, code)))
  return (await tx.delete(recoveryCodes).where(isIt).returning({ id: recoveryCodes.id })).length > 0
}
