import * as z from 'zod'
import { Person } from './auth.ts'
import { CommentParams } from './comments.ts'
import { Empty, endpoint, plainText } from './endpoint.ts'
import { UpdateParams } from './updates.ts'

const Called = z.object({ person: Person, timeZone: z.string() })

export const UrgentContact = z
  .object({
    topic: z.string(),
    how: z.string(),
    contact: Called.nullable(),
    backup: Called.nullable().describe('Who is called when they cannot be reached'),
  })
  .meta({ id: 'UrgentContact' })
export type UrgentContact = z.infer<typeof UrgentContact>

export const readUrgentContacts = endpoint({
  method: 'GET',
  url: '/api/updates/:updateId/urgent-contacts',
  schema: {
    summary: 'Whom the team calls in an emergency, as it agreed; nobody for those who were let in',
    tags: ['urgent'],
    params: UpdateParams,
    response: { 200: z.array(UrgentContact) },
  },
})

export const UrgentDraft = z
  .object({
    reason: plainText(200)
      .min(3, 'must say why it cannot wait')
      .refine((text) => !/[\r\n]/.test(text), 'must be one line'),
  })
  .meta({ id: 'UrgentDraft', example: { reason: 'The contract ends tonight' } })
export type UrgentDraft = z.infer<typeof UrgentDraft>

export const sendUrgent = endpoint({
  method: 'POST',
  url: '/api/comments/:commentId/urgent',
  schema: {
    summary: 'Pass the delivery windows of those whom an own comment asks or names, once, by the channel that each of them chose',
    tags: ['urgent'],
    params: CommentParams,
    body: UrgentDraft,
    response: {
      200: z.object({
        people: z.int().describe('How many were told; the same again tells nobody'),
        notTold: z
          .array(Person)
          .describe('Who takes no mail of this kind, or has no address that works: they see it in the app alone'),
      }),
    },
  },
})

export const judgeUrgent = endpoint({
  method: 'PUT',
  url: '/api/comments/:commentId/urgent/not-urgent',
  schema: {
    summary: 'Say that what came as urgent could have waited (who got it); nobody is told who said so',
    tags: ['urgent'],
    params: CommentParams,
    response: { 204: Empty },
  },
})

export const UrgentMonth = z
  .object({ month: z.string().describe('As 2026-11, in UTC'), sent: z.int(), notUrgent: z.int() })
  .meta({ id: 'UrgentMonth' })
export type UrgentMonth = z.infer<typeof UrgentMonth>

export const readUrgentLedger = endpoint({
  method: 'GET',
  url: '/api/workspace/urgents',
  schema: {
    summary: 'How often something could not wait in this workspace, month by month, and how often it could have; nobody is named',
    tags: ['urgent'],
    response: { 200: z.array(UrgentMonth) },
  },
})
