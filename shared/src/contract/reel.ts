import * as z from 'zod'
import { mostLeft } from '../media/reel-time.ts'
import { Person } from './auth.ts'
import { ChannelName } from './channels.ts'
import { endpoint, IsoDate, MediaMs } from './endpoint.ts'
import { MediaUrl } from './media-url.ts'
import { ResolvedPlayback } from './playback.ts'

/** As many updates are played as one. */
export const mostInReel = 100
/** As many answers to one question of an interview are. */
export const mostOfQuestion = 500
/** How far back a reel of what was not seen reaches, in days; what is older is found in its channel. */
export const reelDays = 30

export const ReelSource = z
  .enum(['unseen', 'channel', 'round', 'list', 'updates', 'question'])
  .describe(
    'unseen: all that this viewer has not seen; round: the answers of a check-in; list: a reel that somebody made; question: what all candidates of a position handed in to one question',
  )
export type ReelSource = z.infer<typeof ReelSource>

export const ReelItem = z
  .object({
    id: z.uuid().describe('Of the update'),
    url: z.url(),
    title: z.string(),
    body: z.string(),
    author: Person,
    channel: ChannelName.nullable(),
    publishedAt: IsoDate,
    videoId: z.uuid().nullable().describe('Null for a text, which is shown as a card'),
    poster: MediaUrl.nullable(),
    durationMs: z.int().describe('As it is watched, without the cuts; of a text, how long it takes to read'),
    playMs: z.int().describe('How much of that this reel plays: without what was seen, where only the rest is asked for'),
    silentMs: z.int().describe('How much of playMs is silence that a player may jump over'),
    seen: z.array(z.tuple([MediaMs, MediaMs])).describe('Ranges of recorded time that this viewer has seen'),
    caughtUp: z.boolean().describe('This viewer has seen nearly all of it, or made it'),
    mentionsMe: z.boolean().describe('Somebody names this viewer there, or asks something of them that is still open'),
    blocker: z.boolean().describe('Its author says that something is in their way'),
    question: z.string().nullable().describe('What it answers, in a round that asks for an answer each'),
  })
  .meta({ id: 'ReelItem' })
export type ReelItem = z.infer<typeof ReelItem>

export const Reel = z
  .object({
    from: ReelSource,
    title: z.string().nullable().describe('Of the channel, round or list; what the question asks'),
    items: z.array(ReelItem),
    left: z.int().describe(`How many more there are behind these, at most ${mostLeft}: ask again once these are seen`),
    totals: z.object({
      people: z.int(),
      durationMs: z.int(),
      listenMs: z.int().describe("The same at this viewer's speed, without silences where they leave them out"),
    }),
    playback: ResolvedPlayback.describe('How this viewer watches'),
  })
  .meta({ id: 'Reel' })
export type Reel = z.infer<typeof Reel>

export const ReelQuery = z.object({
  from: ReelSource,
  channel: z.uuid().optional().describe('With from=channel'),
  round: z.uuid().optional().describe('With from=round'),
  list: z.uuid().optional().describe('With from=list'),
  updates: z
    .string()
    .max(37 * mostInReel)
    .regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36})*$/i, 'must be ids of updates, with commas between them')
    .transform((ids) => ids.split(','))
    .pipe(z.array(z.uuid()))
    .optional()
    .describe('With from=updates: their ids, with commas between them'),
  position: z.uuid().optional().describe('With from=question'),
  question: z.string().max(40).optional().describe('With from=question: the id of the question'),
  unseen: z
    .stringbool()
    .optional()
    .describe('Only what this viewer has not seen. Left out: true for unseen and channel, false for the others'),
})
export type ReelQuery = z.infer<typeof ReelQuery>

export const readReel = endpoint({
  method: 'GET',
  url: '/api/reel',
  schema: {
    summary: 'Updates in the order in which they are played as one',
    description:
      'Mentions of this viewer and blockers come first, then the oldest; a list has the order that it was given, a round goes by person, a question by the order of handing in. ' +
      `At most ${mostInReel} updates (of a question ${mostOfQuestion}), of unseen and channel those of the last ${reelDays} days. What this viewer may not see is left out.`,
    tags: ['reels'],
    querystring: ReelQuery,
    response: { 200: Reel },
  },
})

export const RoundAudience = z
  .object({
    total: z.int().describe('People whom the round names'),
    caughtUp: z.int().describe('Those of them who have played it to its end'),
  })
  .meta({ id: 'RoundAudience' })
export type RoundAudience = z.infer<typeof RoundAudience>

export const catchUpWithRound = endpoint({
  method: 'PUT',
  url: '/api/rounds/:roundId/caught-up',
  schema: {
    summary: 'Say that this viewer has played a round to its end',
    tags: ['reels'],
    params: z.object({ roundId: z.uuid() }),
    response: { 200: RoundAudience },
  },
})
