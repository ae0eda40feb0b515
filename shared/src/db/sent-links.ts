import { createHmac } from 'node:crypto'
import { and, count, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { sentLinks } from './schema/mails.ts'

const isWithin = (hours: number) => gt(sentLinks.createdAt, sql`now() - make_interval(hours => ${hours})`)

/** What stands for a mail address in the count of links; it is the same in capital letters. */
export const mailboxOf = (authSecret: string, address: string): string =>
  createHmac('sha256', authSecret).update(`mailbox ${address.toLowerCase()}`).digest('base64url')

/** In the transaction that adds the mail. */
export async function noteSentLink(tx: Db, workspaceId: string, mailbox: string): Promise<void> {
  await tx.insert(sentLinks).values({ workspaceId, mailbox })
}

/** How many links a workspace sent within a day, whoever of those was erased. */
export const linksOfToday = (db: Db, workspaceId: string): Promise<number> =>
  db.$count(sentLinks, and(eq(sentLinks.workspaceId, workspaceId), isWithin(24)))

/** How many links each mailbox was sent within the last hour, by whichever workspace; none is missing from it that was sent any. */
export async function linksLately(db: Db, mailboxes: string[]): Promise<Map<string, number>> {
  if (mailboxes.length === 0) return new Map()
  const rows = await db
    .select({ mailbox: sentLinks.mailbox, sent: count() })
    .from(sentLinks)
    .where(and(inArray(sentLinks.mailbox, mailboxes), isWithin(1)))
    .groupBy(sentLinks.mailbox)
  return new Map(rows.map(({ mailbox, sent }) => [mailbox, sent]))
}

/** Nothing asks for more than a day. */
export async function forgetSentLinks(db: Db): Promise<void> {
  await db.delete(sentLinks).where(lt(sentLinks.createdAt, sql`now() - interval '1 day'`))
}
