import type { ReactionMark } from '@meanwhile/shared/contract/reactions'
import { timeCode } from '@meanwhile/shared/media/time-code'
import { type Clock, isCut, watchOfRecorded } from '../player/clock.ts'
import { say } from './words.ts'

/** What many felt around one moment, at `atMs` of watching: the sign that was given most and how often, and all of them in words. */
export type ReactionSpot = { atMs: number; emoji: string; count: number; said: string; label: string }

/** Reactions that would stand on each other, nearer than `gapMs`, are one spot where the first of them is. */
export function reactionSpots(marks: readonly ReactionMark[], clock: Clock, gapMs: number): ReactionSpot[] {
  const groups: { atMs: number; counts: Map<string, number> }[] = []
  const watched = marks
    .filter(({ atMs }) => !isCut(clock, atMs))
    .map(({ atMs, emoji, count }) => ({ atMs: watchOfRecorded(clock, atMs), emoji, count }))
    .toSorted((a, b) => a.atMs - b.atMs)
  for (const { atMs, emoji, count } of watched) {
    const last = groups.at(-1)
    const group = last && atMs - last.atMs < gapMs ? last : { atMs, counts: new Map<string, number>() }
    if (group !== last) groups.push(group)
    group.counts.set(emoji, (group.counts.get(emoji) ?? 0) + count)
  }
  return groups.map(({ atMs, counts }) => {
    const most = [...counts].toSorted(([, a], [, b]) => b - a)
    const [emoji, count] = most[0]!
    const said = most.map(([sign, times]) => `${times} ${sign}`).join(', ')
    return { atMs, emoji, count, said, label: say('reactedAt', { reactions: said, moment: timeCode(atMs) }) }
  })
}

/** The spot nearest to a moment of watching, in ms; undefined where none is nearer than `reachMs`. */
export function spotAt(spots: readonly ReactionSpot[], ms: number, reachMs: number): ReactionSpot | undefined {
  const [nearest] = spots.toSorted((a, b) => Math.abs(a.atMs - ms) - Math.abs(b.atMs - ms))
  return nearest && Math.abs(nearest.atMs - ms) < reachMs ? nearest : undefined
}
