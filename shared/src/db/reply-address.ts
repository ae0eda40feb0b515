import { and, eq } from 'drizzle-orm'
import { type MailSite, replyAddress, replyToken, replyTokenHash } from '../platform/mail-site.ts'
import type { Db } from './client.ts'
import { replyAddresses } from './schema/delivery.ts'
import { users } from './schema/people.ts'

/**
 * Where a person answers updates by mail, by the updates' ids; none where the site takes no mail, nor at an address that nobody proved:
 * an answer from there is not taken either.
 */
export async function replyAddressesOf(
  tx: Db,
  site: MailSite,
  userId: string,
  updateIds: string[],
): Promise<Map<string, string>> {
  const { inboundAddress, authSecret } = site
  const wanted = [...new Set(updateIds)]
  if (!inboundAddress || wanted.length === 0) return new Map()
  if ((await tx.$count(users, and(eq(users.id, userId), eq(users.emailVerified, true)))) === 0) return new Map()
  const tokens = wanted.map((updateId) => ({ updateId, token: replyToken(authSecret, userId, updateId) }))
  const rows = tokens.map(({ updateId, token }) => ({ userId, updateId, tokenHash: replyTokenHash(token) }))
  await tx.insert(replyAddresses).values(rows).onConflictDoNothing()
  return new Map(tokens.map(({ updateId, token }) => [updateId, replyAddress(inboundAddress, token)]))
}
