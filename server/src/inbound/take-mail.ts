import { createHash } from 'node:crypto'
import { CommentDraft } from '@meanwhile/shared/contract/comments'
import type { InboundResult } from '@meanwhile/shared/contract/inbound-mails'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { type MailSite, readInbound, replyTokenHash } from '@meanwhile/shared/platform/mail-site'
import { and, eq, sql } from 'drizzle-orm'
import PostalMime, { type Address, type Email } from 'postal-mime'
import { addComment } from '../comments/add-comment.ts'
import { findViewer } from '../people/queries.ts'
import { requireVisibleUpdate } from '../updates/access.ts'
import { cutReply, textOfHtml } from './cut-reply.ts'
import { isProved } from './is-proved.ts'

const { deliveryRules, mails, members, replyAddresses, updates, users } = schema

const longest = 5_000
const ignored = (why: string): InboundResult => ({ result: 'ignored', why })

const headerOf = ({ headers }: Email, name: string) => headers.find(({ key }) => key === name)?.value ?? ''
const addressesIn = (list: Address[] = []): string[] =>
  list.flatMap((each) => each.group?.map(({ address }) => address) ?? [each.address ?? ''])

/** Programs answer too: that somebody is away is no comment (RFC 3834, section 2). */
function isAutomatic(mail: Email): boolean {
  const said = headerOf(mail, 'auto-submitted').trim().toLowerCase()
  if (said && said !== 'no') return true
  return /^(bulk|junk|list|auto_reply)$/i.test(headerOf(mail, 'precedence').trim()) || headerOf(mail, 'x-autoreply') !== ''
}

/** The same message is the same comment, whoever passes it on how often (RFC 9562, section 5.8). */
function commentIdOf(userId: string, updateId: string, messageId: string): string {
  const bytes = createHash('sha256').update(`meanwhile mail ${userId} ${updateId} ${messageId}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Who may answer with a token: the person it is for, from the address that they proved, in the workspace of the update or let in to it. */
async function whoAnswers(db: Db, token: string, from: string) {
  const [found] = await db
    .select({
      userId: users.id,
      updateId: updates.id,
      isHere: sql<boolean>`${members.userId} is not null`,
      workspaceId: updates.workspaceId,
    })
    .from(replyAddresses)
    .innerJoin(users, eq(users.id, replyAddresses.userId))
    .innerJoin(updates, eq(updates.id, replyAddresses.updateId))
    .leftJoin(members, and(eq(members.userId, users.id), eq(members.workspaceId, updates.workspaceId)))
    .where(
      and(
        eq(replyAddresses.tokenHash, replyTokenHash(token)),
        eq(users.emailVerified, true),
        eq(sql`lower(${users.email})`, from),
      ),
    )
  if (!found) return null
  const where = { sessionId: found.updateId, workspaceId: found.isHere ? found.workspaceId : undefined }
  const viewer = await findViewer(db, found.userId, where)
  return viewer ? { viewer, updateId: found.updateId } : null
}

async function addAnswer(db: Db, token: string, mail: Email, authservId: string | undefined): Promise<InboundResult> {
  const from = (mail.from?.address ?? '').toLowerCase()
  const results = mail.headers.filter(({ key }) => key === 'authentication-results').map(({ value }) => value)
  if (authservId && !isProved(results, authservId, from)) return ignored('Nothing proves that it is from whom it says.')
  const who = await whoAnswers(db, token, from)
  if (!who) return ignored('It is not from the person whom it was written to, at an address that they proved.')
  const messageId = mail.messageId?.trim()
  if (!messageId) return ignored('It has no Message-ID.')
  const text = cutReply(mail.text || textOfHtml(mail.html ?? ''))
    .replaceAll('\0', '')
    .slice(0, longest)
  const draft = CommentDraft.safeParse({ id: commentIdOf(who.viewer.id, who.updateId, messageId), text })
  if (!draft.success) return ignored('It says nothing.')
  try {
    const update = await requireVisibleUpdate(db, who.updateId, who.viewer)
    const { isNew } = await addComment(db, update, who.viewer, draft.data, { admit: async () => {}, now: new Date() })
    return { result: isNew ? 'added' : 'known', why: null }
  } catch (error) {
    if (error instanceof ProblemError) return ignored(error.message)
    throw error
  }
}

/** What did not arrive, and why (RFC 3464): only what failed for good counts. */
async function noteBounce(db: Db, mailId: string, mail: Email): Promise<InboundResult> {
  const report = mail.attachments.find(({ mimeType }) => mimeType.toLowerCase() === 'message/delivery-status')
  const content = report?.content
  const said =
    typeof content === 'string' ? content : content ? Buffer.from(content as Uint8Array).toString('utf8') : (mail.text ?? '')
  if (!/^action:\s*failed/im.test(said)) return ignored('It does not say that a mail could not be delivered.')
  const reason = (/^diagnostic-code:\s*(.+)$/im.exec(said)?.[1] ?? 'The address takes no mail')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .slice(0, 200)
  const [sent] = await db.select().from(mails).where(eq(mails.id, mailId))
  if (!sent) return ignored('It is about a mail that nobody knows any more.')
  await db.update(mails).set({ state: 'failed', failure: reason }).where(eq(mails.id, mailId))
  const isTheirs = sent.userId ? and(eq(users.id, sent.userId), eq(users.email, sent.recipient)) : eq(users.email, sent.recipient)
  const [person] = await db.select({ id: users.id }).from(users).where(isTheirs)
  if (person) {
    const bounce = { bouncedAt: new Date(), bounceReason: reason }
    await db
      .insert(deliveryRules)
      .values({ userId: person.id, ...bounce })
      .onConflictDoUpdate({ target: deliveryRules.userId, set: bounce })
  }
  return { result: 'bounced', why: null }
}

type Relay = { to: string | undefined; authservId: string | undefined }

/**
 * Makes of a raw message what it is: an answer, a mail that came back, or nothing.
 * @param relay.to whom it was delivered to, if that is known
 * @param relay.authservId who says whether it is from whom it says; undefined where only such messages are passed on
 */
export async function takeMail(db: Db, site: MailSite, raw: Buffer, { to, authservId }: Relay): Promise<InboundResult> {
  let mail: Email
  try {
    mail = await PostalMime.parse(raw)
  } catch {
    return ignored('It cannot be read.')
  }
  const delivered = [
    to ?? '',
    mail.deliveredTo ?? '',
    headerOf(mail, 'x-original-to'),
    ...addressesIn(mail.to),
    ...addressesIn(mail.cc),
  ]
  const found = delivered.map((address) => readInbound(site, address ?? '')).find((each) => each !== null)
  if (!found) return ignored('It is to none of our addresses.')
  if ('bounced' in found) return noteBounce(db, found.bounced, mail)
  return isAutomatic(mail) ? ignored('A program wrote it.') : addAnswer(db, found.reply, mail, authservId)
}
