import { and, eq, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { comments } from './schema/comments.ts'
import { decisionPeople, decisions } from './schema/decisions.ts'
import { members, users } from './schema/people.ts'
import { updates } from './schema/updates.ts'
import { peopleWhoSee, seesPlaceEvenTrashed } from './sees-update.ts'

const seesIt = seesPlaceEvenTrashed({ userId: members.userId, workspaceId: members.workspaceId })
const calendarColumns = { id: users.id, timeZone: users.timeZone, workingHours: users.workingHours, daysOff: users.daysOff }
export type Decider = { id: string; timeZone: string | null } & Pick<typeof users.$inferSelect, 'workingHours' | 'daysOff'>

/** Who belongs to the place of an update: who decides there when nobody is named. */
export const peopleOfPlace = (db: Db, updateId: string): Promise<Decider[]> =>
  db
    .select(calendarColumns)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(updates, and(eq(updates.id, updateId), seesIt))

/** Those who decide now: named people as long as they see it, else everybody of its place. */
export async function decidersOf(db: Db, commentId: string): Promise<Decider[]> {
  const [decision] = await db
    .select({ decidedByAll: decisions.decidedByAll, updateId: comments.updateId })
    .from(decisions)
    .innerJoin(comments, eq(comments.id, decisions.commentId))
    .where(eq(decisions.commentId, commentId))
  if (!decision) return []
  if (decision.decidedByAll) return peopleOfPlace(db, decision.updateId)
  return db
    .select(calendarColumns)
    .from(decisionPeople)
    .innerJoin(users, eq(users.id, decisionPeople.userId))
    .innerJoin(updates, and(eq(updates.id, decision.updateId), sql`${users.id} in ${peopleWhoSee()}`))
    .where(eq(decisionPeople.commentId, commentId))
}
