import type { Mail } from '@meanwhile/shared/contract/mails'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, desc, eq, inArray, or } from 'drizzle-orm'
import { type Cursor, cursorOf, isBefore } from '../cursor.ts'

const { mails, members } = schema

/** What the others say opens the account or the session of somebody else. */
const isReadable = ({ kind }: typeof mails.$inferSelect) => kind === 'invitation'

/** They say what others wrote, in places that who reads this list may not see. */
const isPrivate = ({ kind }: typeof mails.$inferSelect) => kind === 'digest' || kind === 'reminder' || kind === 'urgent'

const shown = (row: typeof mails.$inferSelect): Mail => {
  const { id, kind, recipient: to, text, state, attempts, failure, createdAt, sentAt } = row
  const subject = isPrivate(row) ? '' : row.subject
  return { id, kind, to, subject, text: isReadable(row) ? text : null, state, attempts, failure, createdAt, sentAt }
}

/** A page of the mails for a workspace and of those about the accounts of its members, newest first. */
export async function mailsOf(
  db: Db,
  workspaceId: string,
  { limit, cursor }: { limit: number; cursor?: Cursor | undefined },
): Promise<{ items: Mail[]; nextCursor: string | null }> {
  const here = db.select({ id: members.userId }).from(members).where(eq(members.workspaceId, workspaceId))
  const rows = await db
    .select()
    .from(mails)
    .where(and(or(eq(mails.workspaceId, workspaceId), inArray(mails.userId, here)), cursor && isBefore(cursor, mails)))
    .orderBy(desc(mails.createdAt), desc(mails.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map(shown), nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}
