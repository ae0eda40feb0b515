import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { DeliveryMailKind } from '../contract/delivery.ts'

/** What mails say of where they come from, and how they are answered. */
export type MailSite = { publicUrl: string; authSecret: string; inboundAddress: string | null }

export const mailSiteOf = (env: { PUBLIC_URL: string; AUTH_SECRET: string; INBOUND_ADDRESS?: string | undefined }): MailSite => ({
  publicUrl: env.PUBLIC_URL,
  authSecret: env.AUTH_SECRET,
  inboundAddress: env.INBOUND_ADDRESS ?? null,
})

const macBytes = 16
const mac = (secret: string, said: string) => createHmac('sha256', secret).update(said).digest().subarray(0, macBytes)
const isSame = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
function idOf(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Where one kind of mail is turned off for a person: whoever has it can do that alone. */
export const unsubscribeUrl = ({ publicUrl, authSecret }: MailSite, userId: string, kind: DeliveryMailKind): string => {
  const signature = mac(authSecret, `unsubscribe ${userId} ${kind}`)
  return `${publicUrl}/unsubscribe/${kind}.${Buffer.concat([bytesOf(userId), signature]).toString('base64url')}`
}

/** Whom such a link is for, and what it turns off; null for one that is not ours. */
export function readUnsubscribe(authSecret: string, token: string): { userId: string; kind: DeliveryMailKind } | null {
  const [name, code = ''] = token.split('.')
  const { data: kind } = DeliveryMailKind.safeParse(name)
  const bytes = Buffer.from(code, 'base64url')
  if (!kind || bytes.length !== 16 + macBytes) return null
  const userId = idOf(bytes.subarray(0, 16))
  return isSame(bytes.subarray(16), mac(authSecret, `unsubscribe ${userId} ${kind}`)) ? { userId, kind } : null
}

/** Addresses are written in any case: hexadecimal survives it. */
const plus = (address: string, code: string) => address.replace('@', `+${code}@`)

/** What a person's answers to an update are addressed with; the database knows its hash alone. */
export const replyToken = (authSecret: string, userId: string, updateId: string): string =>
  mac(authSecret, `reply ${userId} ${updateId}`).toString('hex')
export const replyTokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Where a person answers an update by mail. */
export const replyAddress = (inboundAddress: string, token: string): string => plus(inboundAddress, `r${token}`)

const bounceBytes = 5
const bounceMac = (authSecret: string, mailId: string) => mac(authSecret, `bounce ${mailId}`).subarray(0, bounceBytes)

/** Where a mail goes back to that could not be delivered: no longer than the 64 characters that go before an @. */
export const bounceAddress = (inboundAddress: string, authSecret: string, mailId: string): string =>
  plus(inboundAddress, `b${Buffer.concat([bytesOf(mailId), bounceMac(authSecret, mailId)]).toString('hex')}`)

/** What somebody wrote to: an answer, or a mail that came back; null for any other address. */
export function readInbound(site: MailSite, to: string): { reply: string } | { bounced: string } | null {
  const [name = '', domain = ''] = (site.inboundAddress ?? '').toLowerCase().split('@')
  const [before = '', at = ''] = to.toLowerCase().trim().split('@')
  if (name === '' || at !== domain || !before.startsWith(`${name}+`)) return null
  const code = before.slice(name.length + 1)
  if (/^r[0-9a-f]{32}$/.test(code)) return { reply: code.slice(1) }
  if (!/^b[0-9a-f]{42}$/.test(code)) return null
  const bytes = Buffer.from(code.slice(1), 'hex')
  const mailId = idOf(bytes.subarray(0, 16))
  return isSame(bytes.subarray(16), bounceMac(site.authSecret, mailId)) ? { bounced: mailId } : null
}
