import { localeHere } from '../messages/language-here.ts'
import { say } from './words.ts'

type Due = { dueAt: string | null; ownerZone: string | null; resolution: unknown; deleted: boolean; hidden: unknown }

const zoneHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone
const dayMs = 86_400_000

/** A moment as a clock in a zone shows it: `Tue 14:00`, with its date where the day alone could be another week's. */
function clockWords(at: Date, now: Date, timeZone: string, locale: string): string {
  const isNear = Math.abs(at.getTime() - now.getTime()) < 6 * dayMs
  const date: Intl.DateTimeFormatOptions = isNear ? {} : { day: 'numeric', month: 'short' }
  const parts = { timeZone, weekday: 'short', ...date, hour: '2-digit', minute: '2-digit' } as const
  return new Intl.DateTimeFormat(locale, parts).format(at)
}

/** By when something is due: here, and where whoever is asked is, if their clocks show something else. */
export function dueWords(
  { dueAt, ownerZone }: { dueAt: string; ownerZone: string | null },
  now: Date,
  { here = zoneHere(), locale = localeHere, mine = false }: { here?: string; locale?: string; mine?: boolean } = {},
): string {
  const at = new Date(dueAt)
  const forMe = clockWords(at, now, here, locale)
  if (mine || ownerZone === null) return forMe
  const there = clockWords(at, now, ownerZone, locale)
  return there === forMe ? forMe : say('due.both', { here: forMe, there })
}

/** Whether its moment has passed without an answer. Null where nobody waits for one, any more or at all. */
export function standing({ dueAt, resolution, deleted, hidden }: Due, now: Date): 'late' | 'on track' | null {
  if (dueAt === null || resolution !== null || deleted || hidden !== null) return null
  return new Date(dueAt) < now ? 'late' : 'on track'
}

/** What a field for a day and a time says of a moment, by the clock here. */
export const fieldTime = (at: Date): string => {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}
