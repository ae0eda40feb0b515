import * as z from 'zod'
import { Person } from './auth.ts'
import { endpoint, IsoDate, pageOf, plainText } from './endpoint.ts'
import { DayOff, WorkingHours } from './profile.ts'

/** What somebody waits for. */
export const MessageKind = z.enum(['question', 'action', 'decision', 'fyi', 'urgent']).meta({ id: 'MessageKind' })
export type MessageKind = z.infer<typeof MessageKind>

/** Time of the one who answers: their clock stands still outside of their working hours and on their days off. */
export const ReplyTime = z
  .object({ amount: z.int().min(1).max(60), unit: z.enum(['minutes', 'hours', 'days']) })
  .describe('In working time; a day is a working day')
  .meta({ id: 'ReplyTime', example: { amount: 1, unit: 'days' } })
export type ReplyTime = z.infer<typeof ReplyTime>

const Replies = z
  .object({
    question: ReplyTime.nullable(),
    action: ReplyTime.nullable(),
    decision: ReplyTime.nullable(),
    fyi: ReplyTime.nullable(),
    urgent: ReplyTime.nullable(),
  })
  .describe('How fast each kind of message is answered; null: nobody waits for an answer')
  .meta({ id: 'Replies' })

const line = (max: number) => plainText(max).min(1)

/** Whom to call in an emergency. */
export const Contact = z
  .object({
    topic: line(80),
    personId: z.uuid().nullable().describe('A member; null for nobody'),
    backupId: z.uuid().nullable().describe('Who is called when they cannot be reached'),
    how: plainText(200).describe('Such as a telephone number'),
  })
  .meta({ id: 'Contact', example: { topic: 'The site is down', personId: null, backupId: null, how: 'Call +49 30 1234' } })
export type Contact = z.infer<typeof Contact>

export const Meeting = z
  .object({
    name: line(80),
    when: plainText(80).describe('Such as `Mondays, 30 minutes`'),
    is: z.enum(['kept', 'replaced']),
    by: plainText(200).describe('Why it is kept, or what takes its place'),
  })
  .meta({ id: 'Meeting', example: { name: 'Stand-up', when: 'Every day, 15 minutes', is: 'replaced', by: 'The daily check-in' } })
export type Meeting = z.infer<typeof Meeting>

/** What a team has agreed on: it is what due times, check-ins and the urgent path read. */
export const AgreementContent = z
  .object({ replies: Replies, contacts: z.array(Contact).max(30), meetings: z.array(Meeting).max(50) })
  .meta({ id: 'AgreementContent' })
export type AgreementContent = z.infer<typeof AgreementContent>

/** What counts until a team says something else. */
export const usualAgreement: AgreementContent = {
  replies: {
    question: { amount: 1, unit: 'days' },
    action: { amount: 3, unit: 'days' },
    decision: { amount: 3, unit: 'days' },
    fyi: null,
    urgent: { amount: 2, unit: 'hours' },
  },
  contacts: [],
  meetings: [],
}

export const Agreement = AgreementContent.extend({
  people: z.array(z.object({ person: Person, timeZone: z.string().nullable() })).describe('Whom its contacts name, each once'),
  version: z.int().describe('Grows with every change; 0 while nobody has changed it'),
  changedBy: Person.nullable(),
  changedAt: IsoDate.nullable(),
}).meta({ id: 'Agreement' })
export type Agreement = z.infer<typeof Agreement>

export const readAgreement = endpoint({
  method: 'GET',
  url: '/api/agreement',
  schema: { summary: 'What the team has agreed on', tags: ['agreement'], response: { 200: Agreement } },
})

export const changeAgreement = endpoint({
  method: 'PUT',
  url: '/api/agreement',
  access: 'admin',
  schema: {
    summary: 'Say what the team has agreed on (owner and admins)',
    description: 'All of it is sent. 409 when somebody changed it since that version.',
    tags: ['agreement'],
    body: AgreementContent.extend({ version: z.int().min(0).describe('The one that was read') }).meta({ id: 'AgreementChange' }),
    response: { 200: Agreement },
  },
})

/** Where and when somebody works. */
export const AgreementPerson = z
  .object({
    person: Person,
    timeZone: z.string().nullable().describe('An IANA name; null until they or their browser said it'),
    workingHours: WorkingHours.describe('In that zone'),
    usual: z.boolean().describe('They never said when they work: these hours are what is usual'),
    daysOff: z.array(DayOff).describe('From today on, first to last'),
  })
  .meta({ id: 'AgreementPerson' })
export type AgreementPerson = z.infer<typeof AgreementPerson>

export const listAgreementPeople = endpoint({
  method: 'GET',
  url: '/api/agreement/people',
  schema: {
    summary: 'Who is where, and when they work, by name',
    tags: ['agreement'],
    querystring: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(100),
      cursor: z.string().max(500).optional(),
    }),
    response: { 200: pageOf(AgreementPerson) },
  },
})
