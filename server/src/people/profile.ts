import type { Profile, ProfileChange } from '@meanwhile/shared/contract/profile'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { eq, sql } from 'drizzle-orm'

const { users } = schema

const told = ({ timeZone, workingHours, daysOff }: Profile): Profile => ({ timeZone, workingHours, daysOff })

/** Where and when somebody works. */
export const profileOf = async (db: Db, userId: string): Promise<Profile> =>
  told(one(await db.select().from(users).where(eq(users.id, userId))))

/** What is named changes, the rest stays. Days off are kept first to last. */
export async function changeProfile(db: Db, userId: string, change: ProfileChange): Promise<Profile> {
  const { daysOff, ...rest } = change
  const inOrder = daysOff && { daysOff: daysOff.toSorted((a, b) => (a.from < b.from ? -1 : 1)) }
  const set = { ...rest, ...inOrder, updatedAt: sql`now()` }
  return told(one(await db.update(users).set(set).where(eq(users.id, userId)).returning()))
}
