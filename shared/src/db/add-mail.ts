import { and, count, eq, gt, sql } from 'drizzle-orm'
import type { MailKind } from '../contract/mails.ts'
import { compose, type Letter } from '../platform/compose-letter.ts'
import { type Db, one } from './client.ts'
import { type MailExtras, mails } from './schema/mails.ts'

export type Post = {
  kind: MailKind
  to: string
  letter: Letter
  /** The workspace that it is sent for, the account that it is about, or the candidate whom it is to. */
  of: { workspaceId: string } | { userId: string } | { candidateId: string }
  /** As long as what it says holds. */
  minutes: number
  extras?: MailExtras
}

/** A mail in the transaction of what causes it. Once that is committed, its id goes to `app.mails`. */
export async function addMail(tx: Db, { kind, to, letter, of, minutes, extras = {} }: Post): Promise<string> {
  const expiresAt = sql`now() + make_interval(mins => ${minutes})`
  const { id } = one(
    await tx
      .insert(mails)
      .values({ kind, recipient: to, ...of, ...compose(letter), extras, expiresAt })
      .returning({ id: mails.id }),
  )
  return id
}

/** How many of a kind went to an address within the last hour, so that nobody floods a mailbox that is not theirs. */
export async function mailsLately(db: Db, kind: MailKind, to: string): Promise<number> {
  const isLate = gt(mails.createdAt, sql`now() - interval '1 hour'`)
  const [found] = await db
    .select({ sent: count() })
    .from(mails)
    .where(and(eq(mails.recipient, to), eq(mails.kind, kind), isLate))
  return found?.sent ?? 0
}
