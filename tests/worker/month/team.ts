/** Seven people in four zones, and what the clocks on their walls say: nothing of it is ours. */

const minute = 60_000
export const hour = 60 * minute

export type Who = {
  name: string
  timeZone: string
  from: string
  to: string
  free: string[]
  off: [string, string][]
  /** When they get what is new, where it is not as usual; in focus they get nothing. */
  windows?: string[]
  focus?: { day: 'wednesday'; from: string; to: string }
}
const weekend = ['saturday', 'sunday']
/** Clocks change in New York on 8 March, in Berlin on 29 March, in Auckland on 5 April 2026, in Kolkata never. */
export const team: Who[] = [
  { name: 'Ada', timeZone: 'Europe/Berlin', from: '09:00', to: '17:00', free: weekend, off: [] },
  { name: 'Ben', timeZone: 'Europe/Berlin', from: '07:30', to: '12:00', free: [...weekend, 'friday'], off: [] },
  {
    name: 'Cem',
    timeZone: 'America/New_York',
    from: '09:00',
    to: '18:00',
    free: weekend,
    off: [['2026-03-23', '2026-03-27']],
    windows: ['08:15', '13:00'],
    focus: { day: 'wednesday', from: '12:00', to: '14:00' },
  },
  { name: 'Dee', timeZone: 'America/New_York', from: '10:00', to: '15:00', free: weekend, off: [] },
  { name: 'Eva', timeZone: 'Asia/Kolkata', from: '09:30', to: '18:30', free: ['sunday'], off: [['2026-03-14', '2026-03-14']] },
  { name: 'Fay', timeZone: 'Pacific/Auckland', from: '08:00', to: '16:00', free: weekend, off: [] },
  { name: 'Gus', timeZone: 'Pacific/Auckland', from: '09:00', to: '17:00', free: weekend, off: [['2026-04-02', '2026-04-06']] },
]
export const start = new Date('2026-03-06T00:00:00Z')
export const end = new Date('2026-04-07T12:00:00Z')
export const daily = { name: 'Stand-up', rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', opens: 'start', due: 'end' }
export const fortnightly = { name: 'Look back', rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', opens: '10:00', due: '15:30' }
export const everyDay = { name: 'Mood', rule: 'FREQ=DAILY', opens: 'start', due: '23:30' }

const clocks = new Map<string, { day: Intl.DateTimeFormat; weekday: Intl.DateTimeFormat }>()
/** Made once for each place: to make one takes longer than all that it is asked. */
function clockOf(timeZone: string) {
  const known = clocks.get(timeZone)
  if (known) return known
  const clock = {
    day: new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
    weekday: new Intl.DateTimeFormat('en', { timeZone, weekday: 'long' }),
  }
  clocks.set(timeZone, clock)
  return clock
}

/** What the platform's own calendar says of a moment: nothing of it is ours, and nothing Temporal's. */
export function wall(timeZone: string, at: Date) {
  const clock = clockOf(timeZone)
  const [date = '', time = ''] = clock.day.format(at).split(' ')
  return { date, time, weekday: clock.weekday.format(at).toLowerCase() }
}

/** The first moment at which the clock on a wall shows a time of a date: found by walking. */
export function momentOn(timeZone: string, date: string, time: string): Date {
  for (let at = Date.parse(`${date}T00:00:00Z`) - 15 * hour; ; at += 15 * minute) {
    const shown = wall(timeZone, new Date(at))
    if (shown.date === date && shown.time >= time) return new Date(at)
  }
}

const isOff = ({ off }: Who, date: string) => off.some(([from, to]) => from <= date && date <= to)
export const worksOn = (who: Who, date: string) =>
  !isOff(who, date) && !who.free.includes(wall('UTC', new Date(`${date}T12:00:00Z`)).weekday)

export function takesPlace({ rule }: { rule: string }, date: string): boolean {
  const { weekday } = wall('UTC', new Date(`${date}T12:00:00Z`))
  if (rule === everyDay.rule) return true
  if (rule === daily.rule) return !weekend.includes(weekday)
  return ['2026-03-12', '2026-03-26'].includes(date)
}

/** The date after one, by counting. */
export const after = (date: string) => new Date(Date.parse(`${date}T12:00:00Z`) + 24 * hour).toISOString().slice(0, 10)

/** The moments at which somebody gets what is new on a date: none where they do not work, and none in focus. */
export function windowsOn({ windows = ['09:30', '15:30'], focus, ...who }: Who, date: string): Date[] {
  if (!worksOn(who, date)) return []
  const isFocusDay = focus?.day === wall('UTC', new Date(`${date}T12:00:00Z`)).weekday
  const waits = (time: string) => focus && isFocusDay && focus.from <= time && time < focus.to
  return windows.map((time) => momentOn(who.timeZone, date, waits(time) ? focus!.to : time))
}
