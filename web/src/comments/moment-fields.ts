import { parseTimeCode } from '@meanwhile/shared/media/time-code'
import { say } from './words.ts'

/** What a comment is about, in ms of watching; without `toMs` a moment, else a range. */
export type WatchedRange = { fromMs: number; toMs: number | null }
export type Unreadable = { field: 'from' | 'to'; message: string }

/** What somebody typed as the beginning and the end; an empty end is none. Moments behind the end of the video are not there. */
export function readRange(from: string, to: string, lengthMs: number): WatchedRange | Unreadable {
  const fromMs = parseTimeCode(from.trim())
  if (fromMs === null) return { field: 'from', message: say('moment.notTime') }
  if (fromMs > lengthMs) return { field: 'from', message: say('moment.tooLate') }
  if (to.trim() === '') return { fromMs, toMs: null }
  const toMs = parseTimeCode(to.trim())
  if (toMs === null) return { field: 'to', message: say('moment.notTime') }
  if (toMs > lengthMs) return { field: 'to', message: say('moment.tooLate') }
  if (toMs < fromMs) return { field: 'to', message: say('moment.turned') }
  return { fromMs, toMs }
}
