import * as z from 'zod'
import { Person } from './auth.ts'
import { ChannelParams } from './channels.ts'
import { Comment } from './comments.ts'
import { endpoint, IsoDate, MediaMs, pageOf, plainText } from './endpoint.ts'
import { UpdateParams } from './updates.ts'

const line = (max: number) => plainText(max).refine((text) => /^\P{Cc}*$/u.test(text), 'must be one line')

export const VoteChoice = z
  .enum(['agree', 'object', 'abstain', ...([1, 2, 3, 4, 5, 6, 7, 8] as const).map((n) => `option-${n}` as const)])
  .describe('Without options: agree, object or abstain. With them: the one of that number, or abstain')
  .meta({ id: 'VoteChoice' })
export type VoteChoice = z.infer<typeof VoteChoice>

export const Outcome = z
  .object({
    result: z
      .enum(['agreed', 'objected', 'chosen', 'tied', 'abstained', 'unanswered'])
      .describe('agreed: nobody objected; chosen: one option has the most votes; abstained: all who answered did'),
    winners: z.array(VoteChoice).describe('Of options: the one with the most votes; of a tie: all that have as many'),
    counts: z.array(z.object({ choice: VoteChoice, count: z.int() })),
    silent: z.int().describe('How many of those who decide did not answer'),
  })
  .meta({ id: 'Outcome' })
export type Outcome = z.infer<typeof Outcome>

export const Clip = z
  .object({ fromMs: MediaMs, toMs: MediaMs })
  .refine(({ fromMs, toMs }) => fromMs < toMs, { path: ['toMs'], error: 'must be after fromMs' })
  .describe('The part of the recording that led to it')
  .meta({ id: 'Clip' })
export type Clip = z.infer<typeof Clip>

export const DecisionDraft = z
  .object({
    id: z.uuid().optional().describe('Chosen by the client, so that a second try creates nothing new'),
    text: plainText(5_000).min(1).describe('What is to be decided'),
    fromId: z.uuid().nullable().default(null).describe('The comment that it comes from: it stands below that, at its moment'),
    atMs: MediaMs.nullable().default(null),
    endMs: MediaMs.nullable().default(null),
    supersedesId: z.uuid().nullable().default(null).describe('The decision that it takes the place of'),
    options: z
      .array(line(120).min(1))
      .min(2)
      .max(8)
      .refine((options) => new Set(options).size === options.length, 'must differ')
      .nullable()
      .default(null)
      .describe('What there is to choose from; null: to agree or to object'),
    deciderIds: z
      .array(z.uuid())
      .min(1)
      .max(50)
      .nullable()
      .default(null)
      .describe('Who decides; null: everybody who sees its place'),
    closesAt: IsoDate.nullable()
      .default(null)
      .describe('Null: when all who decide have had the time that the team agreed on for decisions'),
    clip: Clip.nullable().optional().describe('Left out: the 20 seconds before its moment; null: none'),
  })
  .refine(({ atMs, endMs }) => endMs === null || (atMs !== null && endMs >= atMs), {
    path: ['endMs'],
    error: 'must not be before atMs',
  })
  .meta({ id: 'DecisionDraft', example: { text: 'We ship the small one first', atMs: 41_200 } })
export type DecisionDraft = z.infer<typeof DecisionDraft>

const Said = z.object({ choice: VoteChoice, reason: z.string(), at: IsoDate })

export const Vote = Said.extend({
  person: Person,
  before: z.array(Said).describe('What they had said before, oldest first'),
}).meta({ id: 'Vote' })
export type Vote = z.infer<typeof Vote>

export const Decision = z
  .object({
    id: z.uuid().describe('Of its comment'),
    updateId: z.uuid(),
    text: z.string(),
    openedBy: Person,
    openedAt: IsoDate,
    options: z.array(z.string()).nullable(),
    deciders: z.array(Person).nullable().describe('Null: everybody who sees its place'),
    deciderCount: z.int(),
    answeredCount: z.int(),
    closesAt: IsoDate,
    closedAt: IsoDate.nullable(),
    clip: z.object({ fromMs: z.int(), toMs: z.int() }).nullable(),
    outcome: Outcome.nullable().describe('Null until it is closed'),
    log: z
      .object({ channelId: z.uuid().nullable().describe('Null: the place of the whole workspace') })
      .nullable()
      .describe('Which log it is in once it is closed, if the update stays where it is; null for who does not see its place'),
    mayVote: z.boolean().describe('Whether this viewer is one of those who decide, and it is open'),
    mine: Said.nullable(),
    votes: z.array(Vote).nullable().describe('Null until this viewer has voted or it is closed, so that nobody is led by others'),
  })
  .meta({ id: 'Decision' })
export type Decision = z.infer<typeof Decision>

export const VoteDraft = z
  .object({ choice: VoteChoice, reason: line(280).default('').describe('One line; an objection says why') })
  .refine(({ choice, reason }) => choice !== 'object' || reason !== '', {
    path: ['reason'],
    error: 'must say why you object',
  })
  .meta({ id: 'VoteDraft', example: { choice: 'agree', reason: 'It is small' } })
export type VoteDraft = z.infer<typeof VoteDraft>

export const DecisionParams = z.object({ decisionId: z.uuid() })

export const openDecision = endpoint({
  method: 'POST',
  url: '/api/updates/:updateId/decisions',
  schema: {
    summary: 'Let people decide about something that was said or shown, until a moment at which it closes by itself',
    description: 'It is a comment of the type `decision`. The same `id` again answers 200 with what there is.',
    tags: ['decisions'],
    params: UpdateParams,
    body: DecisionDraft,
    response: { 200: Comment, 201: Comment },
  },
})

export const readDecision = endpoint({
  method: 'GET',
  url: '/api/decisions/:decisionId',
  schema: {
    summary: 'What is decided, by whom, and what they said',
    tags: ['decisions'],
    params: DecisionParams,
    response: { 200: Decision },
  },
})

export const vote = endpoint({
  method: 'PUT',
  url: '/api/decisions/:decisionId/vote',
  schema: {
    summary: 'Agree, object, abstain or choose; it may be changed until the decision closes, and what was said before is kept',
    tags: ['decisions'],
    params: DecisionParams,
    body: VoteDraft,
    response: { 200: Decision },
  },
})

export const LogPart = z
  .object({
    name: z.enum(['what', 'by', 'outcome', 'vote']),
    commitment: z.string().describe('SHA-256 of the salt, a line break and the canonical JSON of [name, value]'),
    salt: z.string().nullable().describe('Null where a person was erased: the value is gone, or names them no more'),
    value: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe(
        'what: text, options, clip; by: id, name; outcome: as an Outcome; vote: person, choice, reason. Null where it was erased',
      ),
  })
  .meta({ id: 'LogPart' })
export type LogPart = z.infer<typeof LogPart>

/** An entry as it is hashed and exported. */
export const LogEntry = z
  .object({
    v: z.literal(1),
    workspace: z.uuid(),
    channel: z.uuid().nullable().describe('Null: the place of the whole workspace'),
    seq: z.int().describe('From 1'),
    kind: z.enum(['stated', 'closed']).describe('stated: it was said that it is so; closed: people decided'),
    at: z.string().describe('ISO 8601 in UTC, with milliseconds'),
    decision: z.uuid(),
    update: z.uuid(),
    supersedes: z.uuid().nullable().describe('The decision that it takes the place of'),
    previous: z.string().describe('The hash of the entry before; of the first one 64 zeros'),
    parts: z.array(LogPart),
    hash: z.string().describe('SHA-256 of the canonical JSON of all fields above, with [name, commitment] for each of the parts'),
  })
  .meta({ id: 'LogEntry' })
export type LogEntry = z.infer<typeof LogEntry>

export const LoggedDecision = LogEntry.extend({
  supersededBy: z.int().nullable().describe('The entry of this log that takes its place'),
  place: z
    .object({ atMs: z.int().nullable(), title: z.string() })
    .nullable()
    .describe('Where it was said; null where this viewer does not see that any more, or nobody does'),
}).meta({ id: 'LoggedDecision' })
export type LoggedDecision = z.infer<typeof LoggedDecision>

const querystring = z.object({
  q: plainText(200).default('').describe('Words that the decision has'),
  cursor: z.coerce.number().int().min(1).max(2_000_000_000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})

export const listDecisions = endpoint({
  method: 'GET',
  url: '/api/decisions',
  schema: {
    summary: 'What was decided in the place of the whole workspace, newest first',
    tags: ['decisions'],
    querystring,
    response: { 200: pageOf(LoggedDecision) },
  },
})

export const listChannelDecisions = endpoint({
  method: 'GET',
  url: '/api/channels/:channelId/decisions',
  schema: {
    summary: 'What was decided in a channel, newest first',
    tags: ['decisions'],
    params: ChannelParams,
    querystring,
    response: { 200: pageOf(LoggedDecision) },
  },
})
