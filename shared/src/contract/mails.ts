import * as z from 'zod'
import { endpoint, IsoDate, pageOf } from './endpoint.ts'

export const MailKind = z
  .enum([
    'invitation',
    'password-reset',
    'sign-in-link',
    'two-factor',
    'share-code',
    'access-asked',
    'digest',
    'reminder',
    'urgent',
    'candidate-invitation',
    'candidate-reminder',
    'candidate-deadline',
    'candidate-receipt',
  ])
  .describe('Those to candidates are in no list: only the people of a position see who they are')
  .meta({ id: 'MailKind' })
export type MailKind = z.infer<typeof MailKind>

export const MailState = z
  .enum(['waiting', 'sent', 'failed'])
  .describe('waiting: it is tried again until it is sent, or stays here where no mail is sent; failed: it is not tried any more')
  .meta({ id: 'MailState' })
export type MailState = z.infer<typeof MailState>

export const Mail = z
  .object({
    id: z.uuid(),
    kind: MailKind,
    to: z.string(),
    subject: z.string().describe('Empty for what is written to one person alone: digests, reminders, and what cannot wait'),
    text: z.string().nullable().describe('Null where it opens something that is not for whoever reads this list'),
    state: MailState,
    attempts: z.int(),
    failure: z.string().nullable().describe('Why the last attempt failed'),
    createdAt: IsoDate,
    sentAt: IsoDate.nullable(),
  })
  .meta({ id: 'Mail' })
export type Mail = z.infer<typeof Mail>

export const listMails = endpoint({
  method: 'GET',
  url: '/api/mails',
  access: 'admin',
  schema: {
    summary: 'What was sent by mail to people of the workspace and to whom it invited, newest first (owner and admins)',
    tags: ['settings'],
    querystring: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20), cursor: z.string().max(200).optional() }),
    response: {
      200: pageOf(Mail).extend({
        from: z.string().nullable().describe('The address that mails are from; null: this site sends none, and they stay here'),
      }),
    },
  },
})
