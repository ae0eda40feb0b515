import * as z from 'zod'
import { Person } from './auth.ts'
import { ChannelName } from './channels.ts'
import { Day } from './day.ts'
import { endpoint, IsoDate, pageOf, plainText } from './endpoint.ts'
import { TimeZone } from './profile.ts'
import { RoundAudience } from './reel.ts'
import { Update } from './updates.ts'

export const QuestionKind = z
  .enum(['open', 'mood', 'number'])
  .describe('open: answered by video, voice or text; mood: by a number from 1 (bad) to 5 (good); number: by any number')
  .meta({ id: 'QuestionKind' })
export type QuestionKind = z.infer<typeof QuestionKind>

export const Question = z
  .object({
    id: z
      .string()
      .regex(/^[\w-]{1,40}$/)
      .describe('Chosen by the client; answers name it, so it stays when the text changes'),
    kind: QuestionKind,
    text: plainText(300).min(1),
  })
  .meta({ id: 'Question', example: { id: 'today', kind: 'open', text: 'What do you work on today?' } })
export type Question = z.infer<typeof Question>

const Questions = z
  .array(Question)
  .min(1)
  .max(10)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'must not have two with one id')

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 09:30')

const Morning = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30')

export const Opens = z.union([z.literal('start'), Morning]).describe('`start` of their workday, or a time of day')
export const Due = z.union([z.literal('end'), TimeOfDay]).describe('`end` of their workday, or a time of day')

/** What an RRULE may be made of: days and weeks, and the weekdays that count. Anything else is a calendar, not a check-in. */
const Rule = z
  .string()
  .max(100)
  .regex(
    /^FREQ=(?:DAILY(?:;INTERVAL=[1-9])?|WEEKLY(?:;INTERVAL=[1-9])?;BYDAY=(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU)){0,6})$/,
    'must be FREQ=DAILY or FREQ=WEEKLY with BYDAY, each with INTERVAL up to 9',
  )

const cadence = {
  rule: z.string().nullable().describe('An RRULE (RFC 5545) without its name; null for the dates alone'),
  dates: z.array(Day).describe('Days beside those of the rule'),
  startsOn: Day.describe('The first day; the rule counts its weeks from it'),
  timeZone: z.string().describe('Whose days they are for people who never said where they are'),
}
const example = { rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', dates: [], startsOn: '2026-03-23', timeZone: 'Europe/Berlin' }

export const Cadence = z.object(cadence).meta({ id: 'Cadence', example })
export type Cadence = z.infer<typeof Cadence>

export const CadenceDraft = z
  .object({ ...cadence, rule: Rule.nullable(), dates: cadence.dates.max(60).default([]), timeZone: TimeZone })
  .refine(({ rule, dates }) => rule !== null || dates.length > 0, { path: ['rule'], error: 'must be there, or a date' })
  .meta({ id: 'CadenceDraft', example })

export const PersonRole = z
  .enum(['participant', 'observer'])
  .describe('A participant is asked; an observer sees what is answered and is never asked')
  .meta({ id: 'PersonRole' })
export type PersonRole = z.infer<typeof PersonRole>

export const PersonState = z
  .enum(['waiting', 'answered', 'skipped', 'nothing'])
  .describe('nothing: there is nothing to report, which is an answer too')
  .meta({ id: 'PersonState' })
export type PersonState = z.infer<typeof PersonState>

const People = z
  .array(z.object({ userId: z.uuid(), role: PersonRole }))
  .max(200)
  .refine((all) => new Set(all.map(({ userId }) => userId)).size === all.length, 'must not name somebody twice')

const draft = {
  name: plainText(100).min(1),
  questions: Questions,
  cadence: CadenceDraft,
  opens: Opens,
  due: Due,
  channelId: z.uuid().nullable().describe('Where answers are posted; null: in the whole workspace'),
  people: People.describe('Those who see its channel'),
  reminds: z.boolean().describe('Remind people who have not answered, once, at the start of their day'),
}

export const CheckInDraft = z
  .object({
    ...draft,
    opens: Opens.default('start'),
    due: Due.default('end'),
    channelId: draft.channelId.default(null),
    reminds: draft.reminds.default(true),
  })
  .meta({
    id: 'CheckInDraft',
    example: {
      name: 'Stand-up',
      questions: [{ id: 'today', kind: 'open', text: 'What do you work on today?' }],
      cadence: example,
      people: [],
    },
  })
export type CheckInDraft = z.infer<typeof CheckInDraft>

export const CheckInChange = z
  .object({ ...draft, isPaused: z.boolean(), isArchived: z.boolean() })
  .partial()
  .meta({ id: 'CheckInChange', example: { isPaused: true } })
export type CheckInChange = z.infer<typeof CheckInChange>

/** How many of those who were asked have said something; who was not asked counts for nothing. */
export const Completion = z
  .object({
    asked: z.int(),
    answered: z.int().describe('With an answer or with nothing to report, late ones included'),
    late: z.int(),
    skipped: z.int(),
    blocked: z.int(),
  })
  .meta({ id: 'Completion' })
export type Completion = z.infer<typeof Completion>

export const RoundSummary = z
  .object({
    id: z.uuid(),
    checkInId: z.uuid(),
    date: z.iso.date().describe("Everybody's own day of that date"),
    opensAt: IsoDate.describe('For the first who is asked'),
    dueAt: IsoDate.describe('For the last'),
    openedAt: IsoDate,
    closedAt: IsoDate.nullable(),
    wasMissed: z.boolean().describe('It was opened after everybody was due: the server was away, and nobody was asked'),
    completion: Completion,
    mine: z
      .object({ role: PersonRole, state: PersonState, opensAt: IsoDate, dueAt: IsoDate })
      .nullable()
      .describe('What it asks of this viewer; null when it asks nothing'),
  })
  .meta({ id: 'RoundSummary' })
export type RoundSummary = z.infer<typeof RoundSummary>

export const CheckIn = z
  .object({
    id: z.uuid(),
    name: z.string(),
    questions: z.array(Question),
    cadence: Cadence,
    opens: Opens,
    due: Due,
    channel: ChannelName.nullable(),
    people: z.array(z.object({ person: Person, role: PersonRole })),
    reminds: z.boolean(),
    createdBy: Person.nullable(),
    createdAt: IsoDate,
    pausedAt: IsoDate.nullable(),
    archivedAt: IsoDate.nullable(),
    nextDate: z.iso.date().nullable().describe('The next day on which it takes place; null when there is none'),
    latest: RoundSummary.nullable().describe('Its latest round'),
    canManage: z.boolean(),
  })
  .meta({ id: 'CheckIn' })
export type CheckIn = z.infer<typeof CheckIn>

export const Answer = z
  .object({
    update: Update,
    question: z.string().nullable().describe('The id of the one question that it answers; null for all'),
    texts: z.record(z.string(), z.string()).nullable().describe('What was typed, by question; null for what was recorded'),
  })
  .meta({ id: 'Answer' })
export type Answer = z.infer<typeof Answer>

/** What somebody said in numbers before they changed it. */
export const EarlierNumbers = z
  .object({
    numbers: z.record(z.string(), z.number()).describe('By the id of the question'),
    isBlocked: z.boolean(),
    until: IsoDate.describe('When they changed it'),
  })
  .meta({ id: 'EarlierNumbers' })
export type EarlierNumbers = z.infer<typeof EarlierNumbers>

export const RoundPerson = z
  .object({
    person: Person,
    role: PersonRole,
    state: PersonState,
    opensAt: IsoDate.describe('In their own hours'),
    dueAt: IsoDate.describe('In their own hours'),
    timeZone: z.string().nullable(),
    answeredAt: IsoDate.nullable(),
    isLate: z.boolean().describe('It was answered, or is not answered, after it was due'),
    isBlocked: z.boolean().describe('They say that they are blocked'),
    numbers: z.record(z.string(), z.number()).describe('By the id of the question'),
    earlierNumbers: z.array(EarlierNumbers).describe('What they said before, oldest first'),
    answers: z.array(Answer),
  })
  .meta({ id: 'RoundPerson' })
export type RoundPerson = z.infer<typeof RoundPerson>

export const Round = RoundSummary.extend({
  checkIn: z.object({ id: z.uuid(), name: z.string(), channel: ChannelName.nullable() }),
  questions: z.array(Question).describe('As they were asked'),
  people: z.array(RoundPerson).describe('Who is blocked first, then who has answered, then the others'),
  openQuestions: z
    .array(
      z.object({
        updateId: z.uuid(),
        commentId: z.uuid(),
        author: Person,
        owner: Person.nullable(),
        text: z.string(),
        atMs: z.int().nullable(),
      }),
    )
    .describe('Questions on the answers that have no answer yet'),
  caughtUp: RoundAudience.describe('How many know what was said: numbers, never names'),
  previous: z.iso.date().nullable(),
  next: z.iso.date().nullable(),
}).meta({ id: 'Round' })
export type Round = z.infer<typeof Round>

export const CheckInParams = z.object({ checkInId: z.uuid() })
export const RoundParams = z.object({ roundId: z.uuid() })
const Page = { cursor: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }

export const listCheckIns = endpoint({
  method: 'GET',
  url: '/api/check-ins',
  schema: {
    summary: 'Check-ins whose channel this viewer sees, newest first',
    tags: ['check-ins'],
    querystring: z.object({ ...Page, archived: z.stringbool().default(false) }),
    response: { 200: pageOf(CheckIn) },
  },
})

export const createCheckIn = endpoint({
  method: 'POST',
  url: '/api/check-ins',
  schema: {
    summary: 'Create a check-in, in a channel that this viewer sees',
    tags: ['check-ins'],
    body: CheckInDraft,
    response: { 201: CheckIn },
  },
})

export const readCheckIn = endpoint({
  method: 'GET',
  url: '/api/check-ins/:checkInId',
  schema: { summary: 'One check-in', tags: ['check-ins'], params: CheckInParams, response: { 200: CheckIn } },
})

export const changeCheckIn = endpoint({
  method: 'PATCH',
  url: '/api/check-ins/:checkInId',
  schema: {
    summary: 'Change, pause or archive it (who created it, the owner and admins); rounds that are open stay as they are',
    tags: ['check-ins'],
    params: CheckInParams,
    body: CheckInChange,
    response: { 200: CheckIn },
  },
})

export const listRounds = endpoint({
  method: 'GET',
  url: '/api/check-ins/:checkInId/rounds',
  schema: {
    summary: 'Its rounds, newest first',
    tags: ['check-ins'],
    params: CheckInParams,
    querystring: z.object(Page),
    response: {
      200: pageOf(RoundSummary.extend({ numbers: z.record(z.string(), z.number()).describe('The mean of each question') })),
    },
  },
})

export const readRoundOn = endpoint({
  method: 'GET',
  url: '/api/check-ins/:checkInId/rounds/:date',
  schema: {
    summary: 'The round of a day, with its answers',
    tags: ['check-ins'],
    params: CheckInParams.extend({ date: Day }),
    response: { 200: Round },
  },
})

export const readRound = endpoint({
  method: 'GET',
  url: '/api/rounds/:roundId',
  schema: { summary: 'One round, with its answers', tags: ['check-ins'], params: RoundParams, response: { 200: Round } },
})

const Text = plainText(5_000)

export const RoundReply = z
  .object({
    texts: z.record(z.string().max(40), Text).optional().describe('By the id of each open question; empty ones are left out'),
    numbers: z
      .record(z.string().max(40), z.number().min(-1e9).max(1e9).nullable())
      .optional()
      .describe('By the id of each mood or number question; null takes it back'),
    isBlocked: z.boolean().optional(),
  })
  .meta({ id: 'RoundReply', example: { texts: { today: 'The new player.' }, numbers: { mood: 4 }, isBlocked: false } })
export type RoundReply = z.infer<typeof RoundReply>

export const replyToRound = endpoint({
  method: 'PUT',
  url: '/api/rounds/:roundId/reply',
  schema: {
    summary: 'Answer in words and numbers (its participants); the same again changes nothing, other words are an edit',
    description:
      'What is not named stays. Words become one update of this person. A recording is made by POST /api/updates with `roundId`.',
    tags: ['check-ins'],
    params: RoundParams,
    body: RoundReply,
    response: { 200: Round },
  },
})

export const setRoundState = endpoint({
  method: 'PUT',
  url: '/api/rounds/:roundId/state',
  schema: {
    summary: 'Skip it, say that there is nothing to report, or take that back (its participants)',
    tags: ['check-ins'],
    params: RoundParams,
    body: z.object({ state: PersonState.exclude(['answered']) }).meta({ example: { state: 'nothing' } }),
    response: { 200: Round },
  },
})

export const AnswerHistory = z
  .object({
    versions: z
      .array(z.object({ title: z.string(), body: z.string(), writtenAt: IsoDate }))
      .describe('Oldest first; the last is what it says now'),
  })
  .meta({ id: 'AnswerHistory' })
export type AnswerHistory = z.infer<typeof AnswerHistory>

export const readAnswerHistory = endpoint({
  method: 'GET',
  url: '/api/updates/:updateId/answer-history',
  schema: {
    summary: 'What an answer to a check-in said before it was changed; at most the last 200',
    tags: ['check-ins'],
    params: z.object({ updateId: z.uuid() }),
    response: { 200: AnswerHistory },
  },
})
