import { eq } from 'drizzle-orm'
import type { CommentType } from '../contract/comments.ts'
import type { UpdateKind } from '../contract/update-kind.ts'
import { calendarOf } from '../working-hours/clock.ts'
import { respondBy } from '../working-hours/respond-by.ts'
import { messageKindOf } from '../working-hours/update-kinds.ts'
import { agreementOf } from './agreement.ts'
import type { Db } from './client.ts'
import { users } from './schema/people.ts'

type Asking = { type: CommentType; ownerId: string | null }
type Update = { workspaceId: string; kind: UpdateKind | null }

/** By when the owner of a comment is to answer, as their team has agreed; null where nobody waits. @param at when they are asked */
export async function dueAtOf(tx: Db, update: Update, { type, ownerId }: Asking, at: Date): Promise<Date | null> {
  const kind = messageKindOf(type, update.kind)
  if (kind === null || ownerId === null) return null
  const { timeZone, workingHours, daysOff } = users
  const [owner] = await tx.select({ timeZone, workingHours, daysOff }).from(users).where(eq(users.id, ownerId))
  return owner ? respondBy(await agreementOf(tx, update.workspaceId), kind, calendarOf(owner), at) : null
}
