import * as z from 'zod'
import { Person } from './auth.ts'
import { ChannelName } from './channels.ts'
import { Empty, endpoint, IsoDate, MediaMs, pageOf, plainText } from './endpoint.ts'
import { AnswerWay } from './interviews.ts'
import { Rate, ResolvedPlayback } from './playback.ts'
import { UpdateKind } from './update-kind.ts'
import { VideoDraft, VideoSummary } from './videos.ts'

const Title = plainText(200)
const Body = plainText(20_000)

export const UpdateDraft = z
  .object({
    id: z.uuid().optional().describe('Chosen by the client, so that a second try creates nothing new'),
    title: Title.optional(),
    body: Body.optional(),
    channelId: z.uuid().nullable().optional().describe('Where it is posted; null or left out: in the whole workspace'),
    video: VideoDraft.optional(),
    roundId: z.uuid().optional().describe('The round of a check-in that it answers: it is posted where that belongs'),
    question: z
      .string()
      .max(40)
      .optional()
      .describe('With roundId: the id of the one question that it answers; left out for all'),
    live: z.boolean().default(false).describe('Of one with a video: others may watch it while it is recorded'),
    kind: UpdateKind.nullable().optional(),
    pairingId: z
      .uuid()
      .optional()
      .describe('The pairing that it answers: its people alone see it, when all of them have answered. At most 60 s are shown'),
    positionId: z.uuid().optional().describe('The position whose interview it will ask in (its owners)'),
    answer: z
      .object({
        questionId: z.string().max(40),
        way: AnswerWay.exclude(['text']),
        beganMsAgo: z
          .int()
          .min(0)
          .max(7 * 86_400_000)
          .default(0)
          .describe('How long ago it was begun: what began before the deadline counts, also where it is sent late'),
      })
      .optional()
      .describe('By a candidate alone, who needs it: the question that it answers'),
  })
  .meta({
    id: 'UpdateDraft',
    example: {
      title: 'Where we are on Monday',
      body: 'What is done, and what comes next.',
      video: { tracks: ['main', 'camera'] },
    },
  })
export type UpdateDraft = z.infer<typeof UpdateDraft>

/** What a viewer has seen of an update: merged, half-open intervals. */
export const ViewState = z
  .object({ positionMs: MediaMs, seen: z.array(z.tuple([MediaMs, MediaMs])), rate: Rate })
  .meta({ id: 'ViewState' })
export type ViewState = z.infer<typeof ViewState>

/** Who has watched an update, as its author sees it: numbers, never names. */
export const Audience = z
  .object({
    total: z.int().describe('People who can see it, apart from the author'),
    viewers: z.int().describe('Those of them who watched at least 5 s, or 75 % of a shorter one'),
    caughtUp: z.int().describe('Those of them who have seen at least 75 % of what is watched, at any speed'),
  })
  .meta({ id: 'Audience' })
export type Audience = z.infer<typeof Audience>

export const Update = z
  .object({
    id: z.uuid(),
    url: z.url(),
    title: z.string(),
    body: z.string(),
    author: Person,
    channel: ChannelName.nullable().describe('Where it is posted; null: in the whole workspace'),
    createdAt: IsoDate,
    editedAt: IsoDate.nullable(),
    publishedAt: IsoDate.nullable().describe(
      'Null while it is recorded, unless that is live: a draft, which only its author sees',
    ),
    videoId: z.uuid().nullable(),
    video: VideoSummary.nullable(),
    commentCount: z.int(),
    openCount: z.int().describe('Questions without an answer and actions that are not done'),
    view: ViewState.nullable().describe('Null when this viewer has not watched it'),
    audience: Audience.nullable().describe('For the author alone'),
    playback: ResolvedPlayback.describe('How it plays at first: what this viewer chose, else the author, else the workspace'),
    keptAt: IsoDate.nullable().describe('Since then it is kept, whatever the rules say about its age'),
    expiresAt: IsoDate.nullable().describe('When a rule takes it to the trash; null for never, and for guests'),
    canKeep: z.boolean().describe('Whether this viewer may say that it is kept'),
    letIn: z.boolean().describe('This viewer does not see its place: they were let in to it alone'),
    canEdit: z.boolean(),
    canComment: z.boolean().describe('False where the channel takes no comments'),
    kind: UpdateKind.nullable().describe('What it is for; null where its author did not say'),
    callChosenAt: IsoDate.nullable().describe('When its author said that a call is the right choice'),
    pairingId: z.uuid().nullable().describe('The pairing that it answers; null for every other update'),
    isApart: z.boolean().describe('Part of a pairing or an interview: no link, channel, reel or embed leads out of that'),
  })
  .meta({ id: 'Update' })
export type Update = z.infer<typeof Update>

export const UpdateParams = z.object({ updateId: z.uuid() })

export const listUpdates = endpoint({
  method: 'GET',
  url: '/api/updates',
  schema: {
    summary: 'Updates that this viewer may see, newest first, and own drafts',
    tags: ['updates'],
    querystring: z.object({
      unwatched: z.stringbool().optional().describe('Only those of others that this viewer has not opened'),
      channelId: z.uuid().optional().describe('Only those in this channel'),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    response: { 200: pageOf(Update) },
  },
})

export const createUpdate = endpoint({
  method: 'POST',
  url: '/api/updates',
  schema: {
    summary: 'Create an update, with a video that will be recorded or without',
    description: 'The same `id` again from the same author answers 200 with the update as it is.',
    tags: ['updates'],
    body: UpdateDraft,
    response: { 200: Update, 201: Update },
  },
})

export const readUpdate = endpoint({
  method: 'GET',
  url: '/api/updates/:updateId',
  schema: { summary: 'One update', tags: ['updates'], params: UpdateParams, response: { 200: Update } },
})

export const changeUpdate = endpoint({
  method: 'PATCH',
  url: '/api/updates/:updateId',
  schema: {
    summary: 'Change title, text or kind, or move it to another channel (the author)',
    tags: ['updates'],
    params: UpdateParams,
    body: z.object({
      title: Title.optional(),
      body: Body.optional(),
      channelId: z.uuid().nullable().optional().describe('Null moves it to the whole workspace'),
      kind: UpdateKind.nullable().optional(),
    }),
    response: { 200: Update },
  },
})

export const deleteUpdate = endpoint({
  method: 'DELETE',
  url: '/api/updates/:updateId',
  schema: {
    summary: 'Move an update to the trash (the author, owner and admins)',
    tags: ['updates'],
    params: UpdateParams,
    response: { 204: Empty },
  },
})

export const keepUpdate = endpoint({
  method: 'PUT',
  url: '/api/updates/:updateId/kept',
  schema: {
    summary: 'Keep an update, whatever the rules say about its age (the author, owner and admins)',
    tags: ['updates'],
    params: UpdateParams,
    response: { 200: Update },
  },
})

export const unkeepUpdate = endpoint({
  method: 'DELETE',
  url: '/api/updates/:updateId/kept',
  schema: {
    summary: 'Let the rules count for it again (the author, owner and admins)',
    tags: ['updates'],
    params: UpdateParams,
    response: { 200: Update },
  },
})

export const recordView = endpoint({
  method: 'PUT',
  url: '/api/updates/:updateId/view',
  schema: {
    summary: 'Add what this viewer has seen, remember where they are and at what speed',
    tags: ['updates'],
    params: UpdateParams,
    body: z
      .object({
        ranges: z.array(z.tuple([MediaMs, MediaMs]).refine(([from, to]) => from <= to, 'must not end before it starts')).max(200),
        positionMs: MediaMs.optional().describe('Default: the end of the last range'),
        rate: Rate.optional(),
        watchedMs: MediaMs.optional().describe(
          'How long it really played for them since the last report, at whatever speed, by the clock on the wall: for the hours of the whole team alone',
        ),
      })
      .meta({ example: { ranges: [[0, 41_200]], rate: 1.5 } }),
    response: { 200: ViewState },
  },
})
