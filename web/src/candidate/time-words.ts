const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const amount = (value: number, unit: 'second' | 'minute' | 'hour' | 'day', language: string) =>
  new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value)

/** "Thursday, December 3 at 6:00 PM GMT+1", in the zone of the device unless one is named (IANA). */
export const momentWords = (at: string | Date, language: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone && { timeZone }),
  }).format(new Date(at))

/** "December 3, 14:05": which of several, without the year. */
export const shortMoment = (at: string | Date, language: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    ...(timeZone && { timeZone }),
  }).format(new Date(at))

/** "Thursday, December 3". */
export const dayWords = (at: string | Date, language: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', ...(timeZone && { timeZone }) }).format(
    new Date(at),
  )

/** How long is left, never more than there is: "3 days", "5 hours", "12 minutes". */
export function leftWords(ms: number, language: string): string {
  const left = Math.max(0, ms)
  if (left >= 2 * dayMs) return amount(Math.floor(left / dayMs), 'day', language)
  if (left >= 2 * hourMs) return amount(Math.floor(left / hourMs), 'hour', language)
  if (left >= 2 * minuteMs) return amount(Math.floor(left / minuteMs), 'minute', language)
  return amount(Math.floor(left / 1000), 'second', language)
}

/** How long something takes about, or at most: "45 seconds", "25 minutes", "1 hour 20 minutes". */
export function lengthWords(ms: number, language: string): string {
  if (ms < 90_000) return ms === minuteMs ? amount(1, 'minute', language) : amount(Math.round(ms / 1000), 'second', language)
  const minutes = Math.round(ms / minuteMs)
  if (minutes < 60) return amount(minutes, 'minute', language)
  const hours = amount(Math.floor(minutes / 60), 'hour', language)
  return minutes % 60 === 0 ? hours : `${hours} ${amount(minutes % 60, 'minute', language)}`
}

/** "Ada and Ben". */
export const listWords = (names: readonly string[], language: string): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(names)
