import { expect, test } from 'vitest'
import {
  bounceAddress,
  type MailSite,
  readInbound,
  readUnsubscribe,
  replyAddress,
  replyToken,
  unsubscribeUrl,
} from './mail-site.ts'

const site: MailSite = {
  publicUrl: 'https://example.org',
  authSecret: 'a'.repeat(43),
  inboundAddress: 'answers-of-the-team@example.org',
}
const userId = '01990a00-0000-7000-8000-000000000001'
const updateId = '01990a00-0000-7000-8000-000000000002'

test('a link to turn off a kind of mail is for one person and one kind', () => {
  const token = unsubscribeUrl(site, userId, 'digest').split('/').at(-1) ?? ''
  expect(readUnsubscribe(site.authSecret, token)).toEqual({ userId, kind: 'digest' })
  expect(readUnsubscribe(site.authSecret, token.replace('digest', 'urgent'))).toBeNull()
  expect(readUnsubscribe('b'.repeat(43), token)).toBeNull()
  expect(readUnsubscribe(site.authSecret, 'digest.x')).toBeNull()
})

test('addresses to answer and to come back to are read in any case, and made up by nobody', () => {
  const token = replyToken(site.authSecret, userId, updateId)
  const reply = replyAddress(site.inboundAddress!, token)
  expect(readInbound(site, reply.toUpperCase())).toEqual({ reply: token })
  const bounce = bounceAddress(site.inboundAddress!, site.authSecret, updateId)
  expect(bounce.split('@')[0]!.length).toBeLessThanOrEqual(64)
  expect(readInbound(site, bounce)).toEqual({ bounced: updateId })
  const changed = bounce.replace(/.@/, (end) => (end === '0@' ? '1@' : '0@'))
  expect(readInbound(site, changed)).toBeNull()
  expect(readInbound(site, 'answers-of-the-team@example.org')).toBeNull()
  expect(readInbound({ ...site, inboundAddress: null }, reply)).toBeNull()
})
