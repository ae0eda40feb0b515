import type { Person } from '@meanwhile/shared/contract/auth'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { UrgentContact, UrgentMonth } from '@meanwhile/shared/contract/urgents'
import { addUrgentMail } from '@meanwhile/shared/db/add-urgent-mail'
import { agreementOf } from '@meanwhile/shared/db/agreement'
import { seeing } from '@meanwhile/shared/db/announce-comment'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import type { MailSite } from '@meanwhile/shared/platform/mail-site'
import { and, count, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { CommentOfUpdate } from '../comments/access.ts'
import { personColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'

const { deliveryRules, mentions, notifications, urgents, users, workspaces } = schema

/** More than that is not urgent any more. */
const anHour = 6
const aDay = 15

/** Whom the team calls, with the zone whose clock they live by. */
export async function urgentContacts(db: Db, workspaceId: string): Promise<UrgentContact[]> {
  const { contacts } = await agreementOf(db, workspaceId)
  const ids = contacts.flatMap(({ personId, backupId }) => [personId, backupId]).filter((id) => id !== null)
  const people = ids.length
    ? await db
        .select({ ...personColumns(users), timeZone: users.timeZone })
        .from(users)
        .where(inArray(users.id, ids))
    : []
  const called = (id: string | null) => {
    const found = people.find((person) => person.id === id)
    if (!found) return null
    const { timeZone, ...person } = found
    return { person, timeZone: timeZone ?? 'UTC' }
  }
  return contacts.map(({ topic, how, personId, backupId }) => ({
    topic,
    how,
    contact: called(personId),
    backup: called(backupId),
  }))
}

async function requireFew(tx: Db, asker: Viewer): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, asker.id)).for('no key update')
  const since = (interval: string) =>
    and(eq(urgents.askerId, asker.id), gt(urgents.createdAt, sql`now() - ${interval}::interval`))
  if ((await tx.$count(urgents, since('1 hour'))) >= anHour || (await tx.$count(urgents, since('1 day'))) >= aDay)
    throw new ProblemError('too-many-requests', 'You have passed the windows of others often lately. Call somebody instead.')
}

/** The people whom a comment asks or names, and who see it. */
async function concerned(tx: Db, { comment, update }: CommentOfUpdate): Promise<string[]> {
  const named = await tx.select({ id: mentions.userId }).from(mentions).where(eq(mentions.commentId, comment.id))
  const ids = new Set([...named.map(({ id }) => id), ...(comment.ownerId ? [comment.ownerId] : [])])
  ids.delete(comment.authorId)
  return seeing(tx, update, [...ids])
}

/** In the app, where it waited before: once, not read, and told by no digest. */
async function mark(tx: Db, { comment, update }: CommentOfUpdate, receiverId: string) {
  const about = and(eq(notifications.userId, receiverId), eq(notifications.commentId, comment.id))
  const now = sql`now()`
  const changed = await tx.update(notifications).set({ digestedAt: now }).where(about).returning({ id: notifications.id })
  // Read before or not: that it cannot wait is new.
  const fresh = { kind: 'urgent' as const, readAt: null, createdAt: now }
  const told = {
    userId: receiverId,
    kind: 'urgent' as const,
    actorId: comment.authorId,
    updateId: update.id,
    commentId: comment.id,
  }
  const [first] = changed
  if (first) await tx.update(notifications).set(fresh).where(eq(notifications.id, first.id))
  else
    await tx
      .insert(notifications)
      .values({ ...told, digestedAt: now })
      .onConflictDoNothing()
  await notify(tx, update.workspaceId, { type: 'notification' }, { userId: receiverId })
}

/**
 * Tells each of those whom a comment asks or names at once, by the channel that they chose, and each of them once.
 * @returns how many, who sees it in the app alone because they take no such mail, and the mails that are to be sent
 * @throws {ProblemError} `not-published`, `person-not-found` when it names nobody, `too-many-requests`
 */
export const passWindows = (db: Db, site: MailSite, found: CommentOfUpdate, asker: Viewer, reason: string) =>
  db.transaction(async (tx): Promise<{ people: number; notTold: Person[]; mailIds: string[] }> => {
    const { comment, update } = found
    if (!comment.publishedAt) throw new ProblemError('not-published')
    const people = await concerned(tx, found)
    if (people.length === 0) throw new ProblemError('person-not-found', 'Ask or name somebody first: this tells them at once.')
    await requireFew(tx, asker)
    const chosen = await tx.select().from(deliveryRules).where(inArray(deliveryRules.userId, people))
    const mailIds: string[] = []
    const untold: string[] = []
    let told = 0
    for (const receiverId of people) {
      const rules = chosen.find(({ userId }) => userId === receiverId)
      const channel = rules?.urgentChannel === 'webhook' && rules.urgentUrl ? ('webhook' as const) : ('mail' as const)
      const row = { workspaceId: update.workspaceId, commentId: comment.id, askerId: asker.id, receiverId, reason, channel }
      const [added] = await tx
        .insert(urgents)
        .values({ ...row, nextAttemptAt: channel === 'webhook' ? sql`now()` : null })
        .onConflictDoNothing()
        .returning()
      if (!added) continue
      await mark(tx, found, receiverId)
      const mailId = channel === 'mail' ? await addUrgentMail(tx, site, row) : null
      if (mailId) {
        mailIds.push(mailId)
        await tx.update(urgents).set({ deliveredAt: sql`now()` }).where(eq(urgents.id, added.id))
      }
      if (mailId || channel === 'webhook') told++
      else untold.push(receiverId)
    }
    const notTold = untold.length
      ? await tx.select(personColumns(users)).from(users).where(inArray(users.id, untold)).orderBy(users.name)
      : []
    return { people: told, notTold, mailIds }
  })

/** What somebody got could have waited; the same again changes nothing. @throws {ProblemError} `not-found` for what they did not get */
export async function judge(db: Db, commentId: string, receiverId: string): Promise<void> {
  const mine = and(eq(urgents.commentId, commentId), eq(urgents.receiverId, receiverId))
  if ((await db.$count(urgents, mine)) === 0) throw new ProblemError('not-found')
  await db
    .update(urgents)
    .set({ notUrgentAt: sql`now()` })
    .where(and(mine, isNull(urgents.notUrgentAt)))
}

/** The months of a year in which something could not wait, newest first. */
export const ledgerOf = (db: Db, workspaceId: string): Promise<UrgentMonth[]> => {
  const month = sql<string>`to_char(${urgents.createdAt} at time zone 'UTC', 'YYYY-MM')`
  return db
    .select({ month, sent: count(), notUrgent: count(urgents.notUrgentAt) })
    .from(urgents)
    .innerJoin(workspaces, eq(workspaces.id, urgents.workspaceId))
    .where(and(eq(urgents.workspaceId, workspaceId), gt(urgents.createdAt, sql`now() - interval '1 year'`)))
    .groupBy(sql`1`)
    .orderBy(sql`1 desc`)
}
