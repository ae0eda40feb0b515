import { watchMs } from '@meanwhile/shared/media/rates'
import { say } from './words.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Time that is spent, as people say it: `40 s`, `8 min 40 s`, `1 h 48 min`; from an hour on, seconds are left out. */
export function spentText(ms: number): string {
  const rounded = ms < hour ? Math.round(ms / second) * second : Math.round(ms / minute) * minute
  const parts = [
    { count: Math.floor(rounded / hour), unit: 'h' },
    { count: Math.floor((rounded % hour) / minute), unit: 'min' },
    { count: Math.floor((rounded % minute) / second), unit: 's' },
  ]
  const said = parts.filter(({ count }) => count > 0).map(({ count, unit }) => `${count} ${unit}`)
  return said.join(' ') || '0 s'
}

/**
 * What a recording asks of those who are to watch it: `9 min × 12 people = 1 h 48 min of attention; 1 h 12 min at 1.5×`. Empty where it asks
 * nothing of anybody.
 */
export function attentionText(durationMs: number, people: number): string {
  if (durationMs < second || people < 1) return ''
  const faster = spentText(watchMs(durationMs * people, 1.5))
  const time = spentText(durationMs)
  if (people === 1) return say('attentionOne', { time, faster })
  return say('attention', { time, people, total: spentText(durationMs * people), faster })
}
