import * as z from 'zod'
import { endpoint } from './endpoint.ts'

export const InboundResult = z
  .object({
    result: z.enum(['added', 'known', 'bounced', 'ignored']),
    why: z.string().nullable().describe('Why it was ignored'),
  })
  .meta({ id: 'InboundResult' })
export type InboundResult = z.infer<typeof InboundResult>

/** What answers by mail come in by: a pipe of the mail server, or a provider. */
export const takeInboundMail = endpoint({
  method: 'POST',
  url: '/api/inbound-mails',
  access: 'open',
  schema: {
    summary: 'Take a message that came to the inbound address: raw, as message/rfc822, at most 10 MB',
    description:
      'For the mail server of the operator: the header `meanwhile-inbound-secret` has to be INBOUND_SECRET. The same message again adds nothing. `to` is whom it was delivered to, where its own headers do not say it.',
    tags: ['mail'],
    consumes: ['message/rfc822'],
    querystring: z.object({ to: z.string().max(320).optional() }),
    response: { 200: InboundResult },
  },
})
