import * as z from 'zod'
import { endpoint } from './endpoint.ts'

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof weekdays)[number]

/** The name by which this platform lists a zone: browsers call some by an older or a newer one. Null for what is none. */
function listedZone(name: string): string | null {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return timeZone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(timeZone) ? timeZone : null
  } catch {
    return null
  }
}

/** An IANA name. */
export const TimeZone = z
  .string()
  .max(64)
  .transform((name, context) => {
    const listed = listedZone(name)
    if (listed === null) context.addIssue({ code: 'custom', message: 'is not the name of a time zone' })
    return listed ?? name
  })

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 09:30')

const Hours = z
  .object({ from: TimeOfDay, to: TimeOfDay })
  .refine(({ from, to }) => from < to, { path: ['to'], error: 'must be later than the beginning' })
  .meta({ id: 'Hours', example: { from: '09:00', to: '17:30' } })

/** One stretch a weekday, by the clock of the person's own time zone; null on a day without work. */
export const WorkingHours = z
  .object(Object.fromEntries(weekdays.map((day) => [day, Hours.nullable()])) as Record<Weekday, z.ZodNullable<typeof Hours>>)
  .meta({ id: 'WorkingHours' })
export type WorkingHours = z.infer<typeof WorkingHours>

/** Whole days in the person's own time zone, the last one included. */
export const DayOff = z
  .object({ from: z.iso.date(), to: z.iso.date() })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'must not be before the first day' })
  .meta({ id: 'DayOff', example: { from: '2026-12-24', to: '2027-01-01' } })
export type DayOff = z.infer<typeof DayOff>

export const Profile = z
  .object({
    timeZone: z.string().nullable().describe('An IANA name; null until this person or their browser said it'),
    workingHours: WorkingHours.nullable().describe('In that time zone; null when this person never said'),
    daysOff: z.array(DayOff).describe('First to last'),
  })
  .meta({ id: 'Profile' })
export type Profile = z.infer<typeof Profile>

export const readProfile = endpoint({
  method: 'GET',
  url: '/api/me/profile',
  schema: { summary: 'Where and when this person works', tags: ['people'], response: { 200: Profile } },
})

export const ProfileChange = z
  .object({
    timeZone: TimeZone.optional(),
    workingHours: WorkingHours.nullable().optional(),
    daysOff: z.array(DayOff).max(100).optional(),
  })
  .meta({ id: 'ProfileChange' })
export type ProfileChange = z.infer<typeof ProfileChange>

export const changeProfile = endpoint({
  method: 'PATCH',
  url: '/api/me/profile',
  access: 'write',
  schema: {
    summary: 'Say where and when; what is not named stays',
    tags: ['people'],
    body: ProfileChange,
    response: { 200: Profile },
  },
})
