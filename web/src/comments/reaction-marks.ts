import type { ReactionMark } from '@meanwhile/shared/contract/reactions'
import { timeCode } from '@meanwhile/shared/media/time-code'
import { type Clock, isCut, watchOfRecorded } from '../player/clock.ts'

/** What many felt around one moment: the sign that is seen most, at `atMs` of watching. */
export type ReactionSpot = { atMs: number; emoji: string; label: string }

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
    return {
      atMs,
      emoji: most[0]![0],
      label: `${most.map(([emoji, count]) => `${count} ${emoji}`).join(', ')} at ${timeCode(atMs)}`,
    }
  })
}
