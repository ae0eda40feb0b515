import type { CallOffer } from '@meanwhile/shared/contract/calls'
import type { UpdateKind } from '@meanwhile/shared/contract/update-kind'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { peopleWhoSee } from '@meanwhile/shared/db/sees-update'
import { calendarOf, overlapOf } from '@meanwhile/shared/working-hours/clock'
import { mayServeBetter } from '@meanwhile/shared/working-hours/update-kinds'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import { personColumns } from '../people/person-columns.ts'
import type { UpdateRow } from './access.ts'

const { callChoices, updates, users } = schema

/** More do not find an hour together, and need a meeting that somebody plans. */
const mostPeople = 12
const daysAhead = 7
const mostStretches = 20
/** Less is no time for a call. */
const shortestMs = 15 * 60_000

type Subject = Pick<UpdateRow, 'id' | 'authorId'>

/** Which members wrote, were asked or were named there. Who came from elsewhere, or is gone, is not among them: their hours are their own. */
async function concernedBy(db: Db, { id, authorId }: Subject) {
  const isIn = sql`comment.update_id = ${id} and comment.deleted_at is null and comment.hidden_at is null and comment.published_at is not null`
  const rows = await db.execute<{ id: string; is_asked: boolean }>(sql`
    select said.id, bool_or(said.is_asked) as is_asked from (
      select comment.author_id as id, false as is_asked from comments comment where ${isIn}
      union all select comment.owner_id, comment.resolved_at is null from comments comment where ${isIn} and comment.owner_id is not null
      union all select mention.user_id, true from mentions mention join comments comment on comment.id = mention.comment_id where ${isIn}
    ) said join updates on updates.id = ${id} join members on members.workspace_id = updates.workspace_id and members.user_id = said.id
    where said.id <> ${authorId} and said.id in ${peopleWhoSee(updates)} group by said.id order by said.id limit ${mostPeople + 1}`)
  return [...rows]
}

/** All who can see it, where they are few. */
async function audienceOf(db: Db, { id, authorId }: Subject): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select member.user_id as id from updates join members member on member.workspace_id = updates.workspace_id
    where member.user_id in ${peopleWhoSee(updates)} and updates.id = ${id} and member.user_id <> ${authorId} limit ${mostPeople}`)
  return rows.length < mostPeople ? [...rows].map((row) => row.id) : []
}

/** Whether a call may serve better than this update, and when all whom it concerns work in the next days. */
export async function callOfferFor(db: Db, update: Subject & { kind: UpdateKind | null }, now: Date): Promise<CallOffer> {
  const concerned = await concernedBy(db, update)
  const suggested = mayServeBetter(update.kind, concerned.filter(({ is_asked }) => is_asked).length)
  const others = concerned.length > 0 ? concerned.map(({ id }) => id) : await audienceOf(db, update)
  if (others.length === 0 || others.length >= mostPeople) return { suggested, people: [], overlap: [] }
  const { timeZone, workingHours, daysOff } = users
  const rows = await db
    .select({ person: personColumns(users), timeZone, workingHours, daysOff })
    .from(users)
    .where(inArray(users.id, [update.authorId, ...others]))
    .orderBy(asc(users.name))
  const until = new Date(now.getTime() + daysAhead * 86_400_000)
  const overlap = overlapOf(rows.map(calendarOf), now, until)
    .filter(({ from, to }) => to.getTime() - from.getTime() >= shortestMs)
    .slice(0, mostStretches)
  return { suggested, people: rows.map(({ person, timeZone }) => ({ person, timeZone })), overlap }
}

/** Says that a call is the right choice, or takes that back. Doing so twice is harmless. */
export const setCall = (db: Db, update: UpdateRow, isChosen: boolean): Promise<void> =>
  db.transaction(async (tx) => {
    const { id: updateId, workspaceId } = update
    if (isChosen) await tx.insert(callChoices).values({ updateId, workspaceId, kind: update.kind }).onConflictDoNothing()
    else await tx.delete(callChoices).where(eq(callChoices.updateId, updateId))
    await notify(tx, workspaceId, { type: 'update', updateId })
  })
