import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { shownTitle } from '../media/shown-title.ts'
import { unproved } from '../platform/compose-letter.ts'
import { type MailSite, unsubscribeUrl } from '../platform/mail-site.ts'
import { addMail } from './add-mail.ts'
import type { Db } from './client.ts'
import { replyAddressesOf } from './reply-address.ts'
import { comments } from './schema/comments.ts'
import { deliveryRules } from './schema/delivery.ts'
import { users } from './schema/people.ts'
import { updates } from './schema/updates.ts'

type Urgent = { commentId: string; askerId: string; receiverId: string; reason: string }

const minutes = 24 * 60

/** Somebody who takes urgent mail at an address that works. */
export const takesUrgentMail = () =>
  and(isNull(deliveryRules.bouncedAt), or(isNull(deliveryRules.userId), sql`not 'urgent' = any(${deliveryRules.mutedMails})`))

/** The mail that does not wait for a window. @returns its id, or null for who takes none */
export async function addUrgentMail(tx: Db, site: MailSite, urgent: Urgent): Promise<string | null> {
  const [found] = await tx
    .select({
      email: users.email,
      name: users.name,
      isProved: users.emailVerified,
      text: sql<string>`left(${comments.text}, 1000)`,
      updateId: updates.id,
      title: updates.title,
    })
    .from(users)
    .innerJoin(comments, eq(comments.id, urgent.commentId))
    .innerJoin(updates, eq(updates.id, comments.updateId))
    .leftJoin(deliveryRules, eq(deliveryRules.userId, users.id))
    .where(and(eq(users.id, urgent.receiverId), takesUrgentMail()))
  const [asker] = await tx.select({ name: users.name }).from(users).where(eq(users.id, urgent.askerId))
  if (!found || !asker) return null
  const { email, name, isProved, text, updateId, title } = found
  const replyTo = (await replyAddressesOf(tx, site, urgent.receiverId, [updateId])).get(updateId)
  const unsubscribe = unsubscribeUrl(site, urgent.receiverId, 'urgent')
  return addMail(tx, {
    kind: 'urgent',
    to: email,
    of: { userId: urgent.receiverId },
    minutes,
    extras: { updateId, unsubscribeUrl: unsubscribe, ...(replyTo ? { replyTo } : {}) },
    letter: {
      subject: isProved ? `${asker.name} says that this cannot wait` : 'Something cannot wait',
      paragraphs: isProved
        ? [
            `Hello ${name}. ${asker.name} says that this cannot wait: ${urgent.reason}`,
            `About “${shownTitle(title)}”:`,
            ...(text ? [text] : []),
          ]
        : [`Hello ${name}. Somebody says that something cannot wait.`, unproved],
      link: { label: 'Open it', url: `${site.publicUrl}/u/${updateId}?c=${urgent.commentId}` },
      footer: 'If it could have waited, say so where you open it. The team sees how often that is, and nobody sees by whom.',
    },
  })
}
