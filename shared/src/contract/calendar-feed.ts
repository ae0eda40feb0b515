import * as z from 'zod'
import { Empty, endpoint, IsoDate } from './endpoint.ts'

/** The address at which a person's calendar reads who works when. Whoever has it reads it. */
export const CalendarFeed = z
  .object({ createdAt: IsoDate, usedAt: IsoDate.nullable().describe('When a calendar asked last, to within an hour') })
  .meta({ id: 'CalendarFeed' })
export type CalendarFeed = z.infer<typeof CalendarFeed>

export const readCalendarFeed = endpoint({
  method: 'GET',
  url: '/api/me/calendar-feed',
  access: 'session',
  schema: {
    summary: 'Whether there is an address for the own calendar; the address itself is told once, when it is made',
    tags: ['agreement'],
    response: { 200: z.object({ feed: CalendarFeed.nullable() }).meta({ id: 'CalendarFeedState' }) },
  },
})

export const createCalendarFeed = endpoint({
  method: 'POST',
  url: '/api/me/calendar-feed',
  schema: {
    summary: 'Make an address for the own calendar; an earlier one ends',
    tags: ['agreement'],
    response: { 201: CalendarFeed.extend({ url: z.url() }).meta({ id: 'NewCalendarFeed' }) },
  },
})

export const revokeCalendarFeed = endpoint({
  method: 'DELETE',
  url: '/api/me/calendar-feed',
  schema: { summary: 'End the address for the own calendar', tags: ['agreement'], response: { 204: Empty } },
})
