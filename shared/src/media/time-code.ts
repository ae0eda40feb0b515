const parts = (ms: number) => {
  const seconds = Math.floor(ms / 1000)
  return {
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
    ms: Math.floor(ms % 1000),
  }
}
const two = (value: number) => String(value).padStart(2, '0')

/** `83_000` → `1:23`, `3_723_000` → `1:02:03`: how people read a moment or a length. */
export function timeCode(ms: number): string {
  const { hours, minutes, seconds } = parts(ms)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`
}

/** `83_000` → `1 minute 23 seconds`: how a screen reader says a moment. @param language BCP 47 */
export function spokenTime(ms: number, language = 'en'): string {
  const { hours, minutes, seconds } = parts(ms)
  const say = (count: number, unit: 'hour' | 'minute' | 'second') =>
    Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
  const said = [hours && say(hours, 'hour'), minutes && say(minutes, 'minute'), seconds && say(seconds, 'second')]
  return said.filter(Boolean).join(' ') || say(0, 'second')
}

/** `83_040` → `00:01:23.040`, a WebVTT timestamp (W3C WebVTT §4.1). */
export function vttTime(ms: number): string {
  const { hours, minutes, seconds, ms: rest } = parts(ms)
  return `${two(hours)}:${two(minutes)}:${two(seconds)}.${String(rest).padStart(3, '0')}`
}

/** The `t` of a link, in ms: `83`, `83.5`, `83s`, `1m23s`, `1h2m3s`, `1:23`, `1:02:03`. Null when it is none of these. */
export function parseTimeCode(text: string): number | null {
  const plain = /^(\d+(?:\.\d+)?)s?$/.exec(text)
  if (plain) return Math.round(Number(plain[1]) * 1000)
  const units = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text)
  if (units && text) return (Number(units[1] ?? 0) * 3600 + Number(units[2] ?? 0) * 60 + Number(units[3] ?? 0)) * 1000
  const clock = /^(?:(\d+):)?(\d+):([0-5]\d)$/.exec(text)
  return clock ? (Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3])) * 1000 : null
}
