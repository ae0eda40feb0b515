import { addMail } from '@meanwhile/shared/db/add-mail'
import type { Db } from '@meanwhile/shared/db/client'
import { checkIns, roundPeople, rounds } from '@meanwhile/shared/db/schema/check-ins'
import { deliveryRules } from '@meanwhile/shared/db/schema/delivery'
import { users } from '@meanwhile/shared/db/schema/people'
import { unproved } from '@meanwhile/shared/platform/compose-letter'
import { type MailSite, unsubscribeUrl } from '@meanwhile/shared/platform/mail-site'
import { and, eq, isNull, or, sql } from 'drizzle-orm'

/** Nobody wants to be reminded of yesterday. */
const longestMinutes = 24 * 60

type Reminded = { roundId: string; userId: string }

/** Writes the mail of a reminder, in the transaction that reminds; nothing for who turned these off, or whose address does not take mail. */
export async function mailReminder(tx: Db, site: MailSite, { roundId, userId }: Reminded): Promise<void> {
  const [found] = await tx
    .select({
      name: checkIns.name,
      checkInId: checkIns.id,
      date: rounds.date,
      questions: rounds.questions,
      dueAt: roundPeople.dueAt,
      person: users.name,
      email: users.email,
      isProved: users.emailVerified,
      timeZone: users.timeZone,
      fallbackZone: checkIns.timeZone,
    })
    .from(roundPeople)
    .innerJoin(rounds, eq(rounds.id, roundPeople.roundId))
    .innerJoin(checkIns, eq(checkIns.id, rounds.checkInId))
    .innerJoin(users, eq(users.id, roundPeople.userId))
    .leftJoin(deliveryRules, eq(deliveryRules.userId, users.id))
    .where(
      and(
        eq(roundPeople.roundId, roundId),
        eq(roundPeople.userId, userId),
        isNull(deliveryRules.bouncedAt),
        or(isNull(deliveryRules.userId), sql`not 'reminder' = any(${deliveryRules.mutedMails})`),
      ),
    )
  if (!found) return
  const timeZone = found.timeZone ?? found.fallbackZone
  const due = new Intl.DateTimeFormat('en-GB', { weekday: 'long', hour: '2-digit', minute: '2-digit', timeZone }).format(
    found.dueAt,
  )
  const url = `${site.publicUrl}/check-ins/${found.checkInId}/${found.date}`
  const letter = {
    subject: found.isProved ? `${found.name}: your answer is due ${due}` : `Your answer is due ${due}`,
    paragraphs: found.isProved
      ? [`Hello ${found.person}. ${found.name} asks you, by ${due} where you are:`]
      : [`Hello ${found.person}. A check-in asks you, by ${due} where you are.`, unproved],
    items: !found.isProved ? [] : found.questions.map(({ text }) => ({ what: text, url })),
    link: { label: 'Answer', url },
    footer: `You get one reminder a round, and none on days off. Turn this mail off: ${site.publicUrl}/settings#delivery`,
  }
  const extras = { unsubscribeUrl: unsubscribeUrl(site, userId, 'reminder') }
  await addMail(tx, { kind: 'reminder', to: found.email, letter, of: { userId }, minutes: longestMinutes, extras })
}
