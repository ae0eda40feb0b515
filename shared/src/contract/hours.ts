import * as z from 'zod'
import { Day } from './day.ts'
import { Empty, endpoint, plainText } from './endpoint.ts'

type PlaceKey = `check-in:${string}` | `channel:${string}` | 'everyone'

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** Where what replaces a meeting is posted. */
export const Place = z
  .string()
  .regex(new RegExp(`^(?:(?:check-in|channel):${uuid}|everyone)$`), 'must be check-in:<id>, channel:<id> or everyone')
  .transform((text) => text as PlaceKey)
  .describe('`check-in:` or `channel:` with an id; `everyone`: what is posted to the whole workspace and answers no check-in')
  .meta({ id: 'Place', example: 'everyone' })
export type Place = z.output<typeof Place>

export const MeetingPer = z.enum(['week', 'two weeks', 'month']).meta({ id: 'MeetingPer' })
export type MeetingPer = z.infer<typeof MeetingPer>

const draft = {
  name: plainText(80).min(1),
  people: z.int().min(2).max(1000).describe('How many were in it'),
  minutes: z.int().min(1).max(480).describe('How long it took'),
  times: z.int().min(1).max(50).describe('How often, in a stretch of `per`'),
  per: MeetingPer,
  since: Day.describe('The first day on which it is not held'),
  until: Day.nullable().describe('From this day on it is held again; null: it is not'),
  place: Place.nullable().describe('What replaces it is posted there, for everybody to see; null where that is not known'),
}
const example = { name: 'Stand-up', people: 6, minutes: 15, times: 5, per: 'week', since: '2026-03-23', place: null }

export const ReplacedMeetingDraft = z
  .object({ ...draft, until: draft.until.default(null), place: draft.place.default(null) })
  .meta({ id: 'ReplacedMeetingDraft', example })
export type ReplacedMeetingDraft = z.infer<typeof ReplacedMeetingDraft>

export const ReplacedMeetingChange = z
  .object(draft)
  .partial()
  .meta({ id: 'ReplacedMeetingChange', example: { until: '2026-06-01' } })
export type ReplacedMeetingChange = z.infer<typeof ReplacedMeetingChange>

export const ReplacedMeeting = z
  .object({
    ...draft,
    id: z.uuid(),
    place: z.string().nullable().describe('As in a draft; null where it is not known, or not for everybody any more'),
    placeName: z.string().nullable().describe('Of a check-in or channel'),
  })
  .meta({ id: 'ReplacedMeeting' })
export type ReplacedMeeting = z.infer<typeof ReplacedMeeting>

const tags = ['hours']
const params = z.object({ meetingId: z.uuid() })

export const listReplacedMeetings = endpoint({
  method: 'GET',
  url: '/api/replaced-meetings',
  schema: { summary: 'Meetings that are not held any more, oldest first', tags, response: { 200: z.array(ReplacedMeeting) } },
})

export const createReplacedMeeting = endpoint({
  method: 'POST',
  url: '/api/replaced-meetings',
  access: 'admin',
  schema: {
    summary: 'Say that a meeting is not held any more, and what there is instead (owner and admins)',
    tags,
    body: ReplacedMeetingDraft,
    response: { 201: ReplacedMeeting },
  },
})

export const changeReplacedMeeting = endpoint({
  method: 'PATCH',
  url: '/api/replaced-meetings/:meetingId',
  access: 'admin',
  schema: {
    summary: 'Change it, or say since when it is held again (owner and admins)',
    tags,
    params,
    body: ReplacedMeetingChange,
    response: { 200: ReplacedMeeting },
  },
})

export const deleteReplacedMeeting = endpoint({
  method: 'DELETE',
  url: '/api/replaced-meetings/:meetingId',
  access: 'admin',
  schema: {
    summary: 'Take it out, also of the weeks that are over (owner and admins)',
    tags,
    params,
    response: { 204: Empty },
  },
})

export const HoursWeek = z
  .object({
    week: z.iso.date().describe('Its Monday; a week ends with Sunday, in UTC'),
    isOver: z.boolean().describe('False of the week that goes on: its meetings count up to today'),
    cancelledMs: z
      .int()
      .describe('What meetings would have taken of everybody in them; within a week they lie on its first five days'),
    recordedMs: z.int().describe('The length of what was recorded instead'),
    watchedMs: z.int().describe('How long members really watched it, at whatever speed'),
    givenBackMs: z.int().describe('The first less the others; less than nothing where the meetings took less'),
  })
  .meta({ id: 'HoursWeek' })
export type HoursWeek = z.infer<typeof HoursWeek>

export const readHoursGivenBack = endpoint({
  method: 'GET',
  url: '/api/hours-given-back',
  schema: {
    summary: 'Hours that meetings no longer take, less those of recording and watching, a number a week',
    description:
      'For the whole team, never for a person. Only what is posted in the places that replace a meeting counts. What is typed and read, heard in a podcast program, or watched by guests is not known, nor are answers by video that others watch.',
    tags,
    querystring: z.object({ weeks: z.coerce.number().int().min(1).max(53).default(12) }),
    response: {
      200: z.object({
        weeks: z
          .array(HoursWeek)
          .describe('Newest first, back to when a meeting was replaced or something was measured here, whichever is later'),
        isWithheld: z.boolean().describe('So few are in the workspace that it would say what one of them watched'),
        unlinked: z.int().describe('Of how many of these meetings it is not known what replaces them: with them it is too good'),
      }),
    },
  },
})
