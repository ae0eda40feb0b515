import type { PlaybackChoice } from '@meanwhile/shared/contract/playback'
import type { Update } from '@meanwhile/shared/contract/updates'
import { watchMs } from '@meanwhile/shared/media/rates'
import { timeCode } from '@meanwhile/shared/media/time-code'
import type { Wire } from '../api.ts'
import { say } from './words.ts'

export type ListedUpdate = Wire<typeof Update>

/**
 * The first page read again, and what was loaded below it. An update that is gone from the first page stays only when
 * it is older than the last one there.
 */
export function joinPages(first: ListedUpdate[], loaded: ListedUpdate[], hasMore: boolean): ListedUpdate[] {
  const last = first.at(-1)
  if (!last || !hasMore) return first
  const fresh = new Set(first.map(({ id }) => id))
  const at = loaded.findIndex(({ id }) => id === last.id)
  return at < 0 ? first : [...first, ...loaded.slice(at + 1).filter(({ id }) => !fresh.has(id))]
}

/** Published by somebody else, and this person has not opened it. */
export const waitsFor = (update: ListedUpdate, personId: string): boolean =>
  update.publishedAt !== null && update.view === null && update.author.id !== personId

/** Who looks at the list. */
export type Person = { id: string; playback: Pick<PlaybackChoice, 'rate'> }

/** The speed at which an update will play: as this person chose, else as its author or the workspace says. */
const rateOf = (update: ListedUpdate, { playback }: Person) => playback.rate ?? update.playback.rate

/** `9:10` at normal speed, else `9:10 · 6:06 at 1.5×`; empty without a video. */
export function lengthText(update: ListedUpdate, person: Person): string {
  if (!update.video) return ''
  const { durationMs } = update.video
  const rate = rateOf(update, person)
  const length = timeCode(durationMs)
  return rate === 1 ? length : say('lengthAt', { length, short: timeCode(watchMs(durationMs, rate)), rate: String(rate) })
}

/** `2 new · 14:20 at 1.5×`, or `as they play` where speeds differ; a plus says that there may be more below. Empty when nothing waits. */
export function waitingText(updates: ListedUpdate[], person: Person, hasMore: boolean): string {
  const waiting = updates.filter((update) => waitsFor(update, person.id))
  if (waiting.length === 0) return ''
  const watched = waiting.filter(({ video }) => video)
  const rates = new Set(watched.map((update) => rateOf(update, person)))
  const totalMs = watched.reduce((sum, update) => sum + watchMs(update.video?.durationMs ?? 0, rateOf(update, person)), 0)
  const more = hasMore ? '+' : ''
  const amount = `${waiting.length}${more}`
  if (totalMs === 0) return say('waiting', { amount })
  const time = `${timeCode(totalMs)}${more}`
  if (rates.size > 1) return say('waitingAsPlayed', { amount, time })
  const [rate = 1] = rates
  return rate === 1 ? say('waitingFor', { amount, time }) : say('waitingAt', { amount, time, rate: String(rate) })
}

/** How much of it this person has seen, from 0 to 1. */
export function seenShare({ view, video }: ListedUpdate): number {
  if (!view || !video?.durationMs) return 0
  const seenMs = view.seen.reduce((sum, [from, to]) => sum + to - from, 0)
  return Math.min(1, seenMs / video.durationMs)
}
