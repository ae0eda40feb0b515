import type { MessageKind, ReplyTime } from '@meanwhile/shared/contract/agreement'
import type { DayOff, WorkingHours } from '@meanwhile/shared/contract/profile'
import { localeHere } from '../messages/language-here.ts'
import { weekdays } from '../settings/profile.svelte.ts'
import { say } from './words.ts'

/** What people call each kind of message, in the order in which they are told. */
export const messageKinds: { kind: MessageKind; name: string; hint: string }[] = [
  { kind: 'question', name: say('kind.question'), hint: say('kind.questionHint') },
  { kind: 'action', name: say('kind.action'), hint: say('kind.actionHint') },
  { kind: 'decision', name: say('kind.decision'), hint: say('kind.decisionHint') },
  { kind: 'fyi', name: say('kind.fyi'), hint: say('kind.fyiHint') },
  { kind: 'urgent', name: say('kind.urgent'), hint: say('kind.urgentHint') },
]

/** How fast something is answered, in words. */
export function replyWords(time: ReplyTime | null): string {
  if (!time) return say('reply.none')
  const { amount: count, unit } = time
  if (unit === 'days') return say('reply.days', { count })
  return unit === 'hours' ? say('reply.hours', { count }) : say('reply.minutes', { count })
}

/** A Monday: what days are called is asked of it and the six that follow. */
const monday = Date.UTC(2024, 0, 1)
const dayName = (index: number, locale: string) =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(monday + index * 86_400_000)

/** Days with the same hours that follow each other are said once: `Mon – Thu 09:00–17:00, Fri 09:00–13:00`. */
export function hoursWords(hours: WorkingHours, locale = localeHere): string {
  const runs: { first: number; last: number; text: string }[] = []
  weekdays.forEach((day, index) => {
    const open = hours[day]
    if (!open) return
    const text = `${open.from}–${open.to}`
    const before = runs.at(-1)
    if (before?.text === text && before.last === index - 1) before.last = index
    else runs.push({ first: index, last: index, text })
  })
  if (runs.length === 0) return say('never')
  const name = (index: number) => dayName(index, locale)
  return runs
    .map(({ first, last, text }) => `${first === last ? name(first) : `${name(first)} – ${name(last)}`} ${text}`)
    .join(', ')
}

/** A stretch of whole days as people say it. */
export function dayOffWords({ from, to }: DayOff, locale = localeHere): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const day = (date: string) => new Date(`${date}T00:00:00Z`)
  return format.formatRange(day(from), day(to))
}

const weekMs = 6 * 86_400_000

/** A stretch of work by the reader's own clock, with its date where a weekday could mean two. */
export function stretchWords({ from, to }: { from: Date; to: Date }, now: Date, locale = localeHere, timeZone?: string): string {
  const isNear = from.getTime() - now.getTime() < weekMs
  const day = isNear ? ({ weekday: 'short' } as const) : ({ weekday: 'short', day: 'numeric', month: 'short' } as const)
  const zone = timeZone ? { timeZone } : {}
  return new Intl.DateTimeFormat(locale, { ...day, hour: '2-digit', minute: '2-digit', ...zone }).formatRange(from, to)
}

/** `Europe/Berlin` as a place. */
export const placeWords = (timeZone: string | null): string =>
  timeZone === null ? say('noPlace') : (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')

/** A month such as `2026-11`. */
export const monthWords = (month: string, locale = localeHere): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`))
