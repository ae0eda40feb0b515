import { addCandidateMails, takesMail } from '@meanwhile/shared/db/add-candidate-mails'
import type { Db } from '@meanwhile/shared/db/client'
import { isHandedIn } from '@meanwhile/shared/db/handed-in'
import { candidateInvitations, positions } from '@meanwhile/shared/db/schema/interviews'
import type { MailSite } from '@meanwhile/shared/platform/mail-site'
import { and, eq, isNull, not, type SQL, sql } from 'drizzle-orm'

/** In one round; the next takes the rest. */
const batch = 200
/** How long before a deadline the two letters go, in hours. */
const firstHours = 48
const lastHours = 12

type Reminder = {
  about: 'first-reminder' | 'last-reminder'
  column: 'firstReminderOf' | 'lastReminderOf'
  isDue: (now: SQL) => SQL
}

const hoursBefore = (hours: number) => sql`${candidateInvitations.deadlineAt} - make_interval(hours => ${hours})`
/** Its time has come, and the deadline was not set later than that: who was just told needs no reminder. */
const isTimeOf = (hours: number, now: SQL) =>
  sql`${hoursBefore(hours)} <= ${now} and ${candidateInvitations.deadlineSetAt} <= ${hoursBefore(hours)}`

const reminders: Reminder[] = [
  {
    about: 'first-reminder',
    column: 'firstReminderOf',
    isDue: (now) => sql`${isTimeOf(firstHours, now)} and ${now} < ${hoursBefore(lastHours)}`,
  },
  {
    about: 'last-reminder',
    column: 'lastReminderOf',
    isDue: (now) => sql`${isTimeOf(lastHours, now)} and ${now} < ${candidateInvitations.deadlineAt}`,
  },
]

/** Who is reminded: who gets mail, has not handed in, and can still answer. */
const isWaitedFor = and(takesMail, isNull(candidateInvitations.submittedAt), not(isHandedIn('candidate_invitations')))
const isOpen = sql`exists (select from ${positions} where ${positions.id} = ${candidateInvitations.positionId}
  and ${positions.closedAt} is null and ${positions.remindsCandidates})`

/**
 * Writes the letters that are due, each of the two once for a deadline; any number of workers may do it at once. One that was missed is not
 * made up for when the next is due. @returns how many there were
 */
export async function remindCandidates(db: Db, site: MailSite, at: Date): Promise<number> {
  const now = sql`${at.toISOString()}::timestamptz`
  let written = 0
  for (const { about, column, isDue } of reminders) {
    const isUntold = sql`${candidateInvitations[column]} is distinct from ${candidateInvitations.deadlineAt}`
    const which = and(isWaitedFor, isOpen, isDue(now), isUntold)
    const due = await db.select({ id: candidateInvitations.id }).from(candidateInvitations).where(which).limit(batch)
    for (const { id } of due)
      written += await db.transaction(async (tx) => {
        const set = { [column]: sql`${candidateInvitations.deadlineAt}` }
        // Whoever comes second waits for the row, and finds it told.
        const told = await tx
          .update(candidateInvitations)
          .set(set)
          .where(and(eq(candidateInvitations.id, id), which))
          .returning({ id: candidateInvitations.id })
        return (
          await addCandidateMails(
            tx,
            site,
            about,
            told.map((each) => each.id),
            at,
          )
        ).length
      })
  }
  return written
}
