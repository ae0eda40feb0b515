import type { InvitationDraft } from '@meanwhile/shared/contract/candidate-invitations'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Db } from '@meanwhile/shared/db/client'
import { linksLately, linksOfToday, mailboxOf } from '@meanwhile/shared/db/sent-links'
import { sql } from 'drizzle-orm'

/** Strangers must not be written to at will, by whoever makes a workspace. */
const aDay = 1_000
/** So many links to one address within an hour. */
export const linksAnHour = 3

type Sending = { workspaceId: string; drafts: Pick<InvitationDraft, 'email'>[]; authSecret: string }

/**
 * Locks the workspace, so that those who invite at once are counted one after the other.
 * @throws {ProblemError} `too-many-requests` where a workspace, or all of them to one address, would send too many links by mail;
 * `invalid-request` where one request alone would
 */
export async function requireFewLetters(tx: Db, { workspaceId, drafts, authSecret }: Sending): Promise<void> {
  await tx.execute(sql`select 1 from workspaces where id = ${workspaceId} for no key update`)
  const letters = drafts.flatMap(({ email }, index) => (email ? [{ email, index, mailbox: mailboxOf(authSecret, email) }] : []))
  const asked = new Map<string, number>()
  for (const { index, mailbox } of letters) {
    const times = (asked.get(mailbox) ?? 0) + 1
    if (times > linksAnHour) {
      const message = `is there more than ${linksAnHour} times`
      throw new ProblemError('invalid-request', undefined, { errors: [{ field: `candidates.${index}.email`, message }] })
    }
    asked.set(mailbox, times)
  }
  if ((await linksOfToday(tx, workspaceId)) + letters.length > aDay)
    throw new ProblemError(
      'too-many-requests',
      `A workspace sends ${aDay} candidates a day their link by mail. Links that you hand out yourself have no limit.`,
    )
  const lately = await linksLately(tx, [...asked.keys()])
  const often = letters.find(({ mailbox }) => (lately.get(mailbox) ?? 0) + (asked.get(mailbox) ?? 0) > linksAnHour)
  if (often)
    throw new ProblemError('too-many-requests', `${often.email} was sent links just now. Wait an hour, or copy a link for them.`)
}
