import type { Update } from '@meanwhile/shared/contract/updates'
import { watchMs } from '@meanwhile/shared/media/rates'
import { timeCode } from '@meanwhile/shared/media/time-code'
import type { Wire } from '../api.ts'

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

/** A length at a speed, to the nearest second. */
const lengthAt = (durationMs: number, rate: number) => timeCode(Math.round(watchMs(durationMs, rate) / 1000) * 1000)

/** `9:10` at normal speed, else `9:10 · 6:07 at 1.5×`. */
export function lengthText(durationMs: number, rate: number): string {
  return rate === 1 ? timeCode(durationMs) : `${timeCode(durationMs)} · ${lengthAt(durationMs, rate)} at ${rate}×`
}

/** `2 new · 14:20 at 1.5×`; a plus says that there may be more below. Empty when nothing waits. */
export function waitingText(updates: ListedUpdate[], person: { id: string; rate: number }, hasMore: boolean): string {
  const waiting = updates.filter((update) => waitsFor(update, person.id))
  if (waiting.length === 0) return ''
  const totalMs = waiting.reduce((sum, { video }) => sum + (video?.durationMs ?? 0), 0)
  const more = hasMore ? '+' : ''
  const length = lengthAt(totalMs, person.rate)
  const speed = person.rate === 1 ? '' : ` at ${person.rate}×`
  return `${waiting.length}${more} new${totalMs > 0 ? ` · ${length}${more}${speed}` : ''}`
}

/** How much of it this person has seen, from 0 to 1. */
export function seenShare({ view, video }: ListedUpdate): number {
  if (!view || !video?.durationMs) return 0
  const seenMs = view.seen.reduce((sum, [from, to]) => sum + to - from, 0)
  return Math.min(1, seenMs / video.durationMs)
}
