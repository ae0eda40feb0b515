import * as z from 'zod'
import { Author } from './auth.ts'
import { CommentType } from './comments.ts'
import { endpoint, IsoDate } from './endpoint.ts'

export const NotificationKind = z
  .enum([
    'asked',
    'mentioned',
    'answered',
    'resolved',
    'recovered',
    'expiring',
    'access-asked',
    'let-in',
    'check-in',
    'urgent',
    'decide',
    'decided',
    'pairing',
    'pairing-shown',
  ])
  .describe(
    'asked: a question or an action is mine; answered: a reply to my comment, or a comment on my update; recovered: my recording was finished with what had arrived, because its recorder did not come back; expiring: a rule takes my update to the trash in a week unless somebody keeps it; access-asked: somebody who cannot see my update asks to be let in; let-in: I asked, and was; check-in: a round of a check-in asks me; urgent: it could not wait; decide: I am one of those who decide; decided: what I was asked to decide, or asked others, is closed; pairing: I am paired with somebody; pairing-shown: our answers are shown to each other',
  )
  .meta({ id: 'NotificationKind' })
export type NotificationKind = z.infer<typeof NotificationKind>

export const Notification = z
  .object({
    id: z.uuid(),
    kind: NotificationKind,
    actor: Author.describe(
      'Who asked, mentioned, answered or resolved; of what was recovered or expires, its author; of a check-in, who made it',
    ),
    update: z.object({ id: z.uuid(), title: z.string() }).nullable().describe('Null where it is about a round or a pairing'),
    round: z
      .object({ id: z.uuid(), checkInId: z.uuid(), date: z.iso.date(), name: z.string(), dueAt: IsoDate })
      .nullable()
      .describe('The round of a check-in that asks this viewer, and until when; null for every other kind'),
    pairingId: z.uuid().nullable().describe('The pairing that it is about; null for every other kind'),
    comment: z
      .object({
        id: z.uuid(),
        type: CommentType,
        text: z.string().describe('Its first 200 characters; empty for a video or a drawing without words'),
        atMs: z.int().nullable(),
      })
      .nullable()
      .describe('Null where it is about the update itself'),
    recoveredMs: z
      .int()
      .nullable()
      .describe('How much of a recovered recording there is; null for all others, and for a file that is still imported'),
    reason: z.string().nullable().describe('Why it could not wait, as who asked said it; null for every other kind'),
    createdAt: IsoDate,
    readAt: IsoDate.nullable(),
  })
  .meta({ id: 'Notification' })
export type Notification = z.infer<typeof Notification>

const Unread = z.object({ unread: z.int().describe('How many are not read, those of other pages included') })

export const listNotifications = endpoint({
  method: 'GET',
  url: '/api/notifications',
  schema: {
    summary: 'What concerns this viewer, newest first; `limit=0` for the count alone',
    tags: ['notifications'],
    querystring: z.object({
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(0).max(100).default(30),
      unread: z.stringbool().optional().describe('Only those that are not read'),
      without: z
        .string()
        .max(200)
        .transform((kinds) => kinds.split(','))
        .pipe(z.array(NotificationKind))
        .optional()
        .describe('All but these kinds, with commas between them'),
    }),
    response: {
      200: Unread.extend({ items: z.array(Notification), nextCursor: z.string().nullable() }).meta({ id: 'NotificationPage' }),
    },
  },
})

export const readNotification = endpoint({
  method: 'PUT',
  url: '/api/notifications/:notificationId/read',
  schema: {
    summary: 'Mark one as read; the same again changes nothing',
    tags: ['notifications'],
    params: z.object({ notificationId: z.uuid() }),
    response: { 200: Unread },
  },
})

export const unreadNotification = endpoint({
  method: 'DELETE',
  url: '/api/notifications/:notificationId/read',
  schema: {
    summary: 'Mark one as not read',
    tags: ['notifications'],
    params: z.object({ notificationId: z.uuid() }),
    response: { 200: Unread },
  },
})

export const readAllNotifications = endpoint({
  method: 'PUT',
  url: '/api/notifications/read',
  schema: {
    summary: 'Mark all as read; with `updateId` those about one update, as when it is watched',
    tags: ['notifications'],
    body: z.object({ updateId: z.uuid().optional() }),
    response: { 200: Unread },
  },
})
