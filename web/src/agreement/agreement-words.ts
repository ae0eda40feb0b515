import type { MessageKind, ReplyTime } from '@meanwhile/shared/contract/agreement'
import type { DayOff, WorkingHours } from '@meanwhile/shared/contract/profile'
import { weekdays } from '../settings/profile.svelte.ts'

/** What people call each kind of message, in the order in which they are told. */
export const messageKinds: { kind: MessageKind; name: string; hint: string }[] = [
  { kind: 'question', name: 'A question', hint: 'asked of somebody by name' },
  { kind: 'action', name: 'An action', hint: 'that somebody is to do' },
  { kind: 'decision', name: 'A decision', hint: 'what is asked on an update that is to decide' },
  { kind: 'fyi', name: 'News', hint: 'for your information' },
  { kind: 'urgent', name: 'Something urgent', hint: 'that cannot wait' },
]

const one = { minutes: 'minute', hours: 'hour', days: 'working day' }
const many = { minutes: 'minutes', hours: 'hours', days: 'working days' }

/** How fast something is answered, in words. */
export function replyWords(time: ReplyTime | null): string {
  if (!time) return 'No answer is expected'
  const unit = (time.amount === 1 ? one : many)[time.unit]
  return time.unit === 'days' ? `${time.amount} ${unit}` : `${time.amount} ${unit} of working time`
}

/** A Monday: what days are called is asked of it and the six that follow. */
const monday = Date.UTC(2024, 0, 1)
const dayName = (index: number, locale?: string) =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(monday + index * 86_400_000)

/** Days with the same hours that follow each other are said once: `Mon – Thu 09:00–17:00, Fri 09:00–13:00`. */
export function hoursWords(hours: WorkingHours, locale?: string): string {
  const runs: { first: number; last: number; text: string }[] = []
  weekdays.forEach((day, index) => {
    const open = hours[day]
    if (!open) return
    const text = `${open.from}–${open.to}`
    const before = runs.at(-1)
    if (before?.text === text && before.last === index - 1) before.last = index
    else runs.push({ first: index, last: index, text })
  })
  if (runs.length === 0) return 'Never'
  const name = (index: number) => dayName(index, locale)
  return runs
    .map(({ first, last, text }) => `${first === last ? name(first) : `${name(first)} – ${name(last)}`} ${text}`)
    .join(', ')
}

/** A stretch of whole days as people say it. */
export function dayOffWords({ from, to }: DayOff, locale?: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const day = (date: string) => new Date(`${date}T00:00:00Z`)
  return format.formatRange(day(from), day(to))
}

const weekMs = 6 * 86_400_000

/** A stretch of work by the reader's own clock, with its date where a weekday could mean two. */
export function stretchWords({ from, to }: { from: Date; to: Date }, now: Date, locale?: string, timeZone?: string): string {
  const isNear = from.getTime() - now.getTime() < weekMs
  const day = isNear ? ({ weekday: 'short' } as const) : ({ weekday: 'short', day: 'numeric', month: 'short' } as const)
  const zone = timeZone ? { timeZone } : {}
  return new Intl.DateTimeFormat(locale, { ...day, hour: '2-digit', minute: '2-digit', ...zone }).formatRange(from, to)
}

/** `Europe/Berlin` as a place. */
export const placeWords = (timeZone: string | null): string =>
  timeZone === null ? 'Has not said where' : (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')

/** A month such as `2026-11`. */
export const monthWords = (month: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`))
