import type { Db } from './client.ts'
import { users } from './schema/people.ts'

/** Who stands where somebody was whose account was deleted: nobody signs in as them, and no workspace has them among its members. */
export const deletedPerson = {
  id: '00000000-0000-4000-8000-000000000000',
  name: 'Deleted person',
  email: 'deleted@person.invalid',
} as const

/** Their row, made when it is first needed. */
export async function ensureDeletedPerson(tx: Db): Promise<void> {
  await tx.insert(users).values(deletedPerson).onConflictDoNothing()
}
