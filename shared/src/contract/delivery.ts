import * as z from 'zod'
import { endpoint, IsoDate } from './endpoint.ts'
import { weekdays } from './profile.ts'
import { UpdateParams } from './updates.ts'

/** The mails that come by themselves, each of which may be turned off alone. */
export const DeliveryMailKind = z.enum(['digest', 'reminder', 'urgent']).meta({ id: 'DeliveryMailKind' })
export type DeliveryMailKind = z.infer<typeof DeliveryMailKind>

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30')

/** When somebody gets what is new, by the clock of their zone. */
export const DeliveryWindows = z
  .array(Time)
  .min(1, 'must be one time or more')
  .max(6, 'must be 6 times or fewer')
  .transform((times) => [...new Set(times)].toSorted())
export const usualWindows = ['09:30', '15:30']

/** A stretch of every week in which nothing is delivered. */
export const FocusBlock = z
  .object({ day: z.enum(weekdays), from: Time, to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time') })
  .refine(({ from, to }) => from < to, { path: ['to'], error: 'must be later than the beginning' })
  .meta({ id: 'FocusBlock', example: { day: 'tuesday', from: '09:00', to: '12:00' } })
export type FocusBlock = z.infer<typeof FocusBlock>

export const UrgentChannel = z
  .enum(['mail', 'webhook'])
  .describe('How what cannot wait reaches somebody at once')
  .meta({ id: 'UrgentChannel' })
export type UrgentChannel = z.infer<typeof UrgentChannel>

const Address = z.url().max(2_000)

export const Delivery = z
  .object({
    windows: z.array(z.string()).describe('When this person gets what is new, by the clock of their zone'),
    focusBlocks: z.array(FocusBlock),
    mails: z.object({ digest: z.boolean(), reminder: z.boolean(), urgent: z.boolean() }).describe('Which mails come'),
    urgentChannel: UrgentChannel,
    urgentHost: z.string().nullable().describe('Where their webhook leads; its whole address is told to nobody'),
    calendar: z
      .object({
        host: z.string(),
        readAt: IsoDate.nullable(),
        failure: z.string().nullable().describe('Why it could not be read the last time'),
        busy: z.int().describe('How many busy stretches of the next weeks were read from it; nothing else of it is kept'),
      })
      .nullable(),
    bounce: z.object({ at: IsoDate, reason: z.string() }).nullable().describe('Mail to their address came back'),
    nextAt: IsoDate.nullable().describe('When the next digest is due; null while they never work'),
  })
  .meta({ id: 'Delivery' })
export type Delivery = z.infer<typeof Delivery>

export const readDelivery = endpoint({
  method: 'GET',
  url: '/api/me/delivery',
  schema: { summary: 'When and how this person gets what is new', tags: ['delivery'], response: { 200: Delivery } },
})

export const DeliveryChange = z
  .object({
    windows: DeliveryWindows.optional(),
    focusBlocks: z.array(FocusBlock).max(50).optional(),
    mails: z.object({ digest: z.boolean(), reminder: z.boolean(), urgent: z.boolean() }).partial().optional(),
    urgentChannel: UrgentChannel.optional(),
    urgentUrl: Address.nullable().optional().describe('Their webhook for what cannot wait'),
    calendarUrl: Address.nullable().optional().describe('Their calendar as an ICS feed; null forgets it with what was read'),
    bounce: z.null().optional().describe('Mail to their address works again'),
  })
  .meta({ id: 'DeliveryChange', example: { windows: ['09:30', '15:30'] } })
export type DeliveryChange = z.infer<typeof DeliveryChange>

export const changeDelivery = endpoint({
  method: 'PATCH',
  url: '/api/me/delivery',
  schema: {
    summary: 'Choose when and how; what is not named stays',
    tags: ['delivery'],
    body: DeliveryChange,
    response: { 200: Delivery },
  },
})

export const DeliveryTime = z
  .object({ userId: z.uuid(), at: IsoDate.nullable().describe('Null while nobody can say'), timeZone: z.string() })
  .meta({ id: 'DeliveryTime' })
export type DeliveryTime = z.infer<typeof DeliveryTime>

/** Only people who can see the update, so that whoever asks learns nothing that naming them would not tell. */
export const readDeliveryTimes = endpoint({
  method: 'GET',
  url: '/api/updates/:updateId/delivery',
  schema: {
    summary: 'When people who can see the update would get what is said now',
    tags: ['delivery'],
    params: UpdateParams,
    querystring: z.object({
      people: z
        .string()
        .max(800)
        .transform((list) => list.split(','))
        .pipe(z.array(z.uuid()).min(1).max(20)),
    }),
    response: { 200: z.array(DeliveryTime) },
  },
})

export const PlaceDelivery = z
  .object({
    people: z.int().describe('How many get what is posted there, its author left out'),
    first: IsoDate.nullable().describe('When the first of them gets it; null where nobody does'),
    last: IsoDate.nullable(),
  })
  .meta({ id: 'PlaceDelivery' })
export type PlaceDelivery = z.infer<typeof PlaceDelivery>

export const readPlaceDelivery = endpoint({
  method: 'GET',
  url: '/api/delivery',
  schema: {
    summary: 'When the people of a channel, or of the whole workspace, would get what is posted there now',
    description: 'From the first to the last of them; whose time it is, nobody is told.',
    tags: ['delivery'],
    querystring: z.object({ channelId: z.uuid().optional() }),
    response: { 200: PlaceDelivery },
  },
})

export const DeliveryMessage = z
  .object({
    id: z.uuid(),
    kind: DeliveryMailKind,
    subject: z.string(),
    text: z.string(),
    createdAt: IsoDate,
    sentAt: IsoDate.nullable(),
  })
  .meta({ id: 'DeliveryMessage' })
export type DeliveryMessage = z.infer<typeof DeliveryMessage>

export const listDeliveryMessages = endpoint({
  method: 'GET',
  url: '/api/me/delivery/messages',
  schema: {
    summary: 'The digests, reminders and urgent messages of the last month to this person, newest first; at most 20',
    description: 'They are here whether or not this site sends mail.',
    tags: ['delivery'],
    response: { 200: z.array(DeliveryMessage) },
  },
})
