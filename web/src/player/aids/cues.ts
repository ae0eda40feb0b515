import type { CaptionTrack } from '@meanwhile/shared/contract/captions'
import type { Cue } from '@meanwhile/shared/media/captions'

/** What is said at a recorded moment; of cues that overlap, all. @param cues in their order */
export const textAt = (cues: readonly Cue[], ms: number): string =>
  cues
    .filter(({ startMs, endMs }) => startMs <= ms && ms < endMs)
    .map(({ text }) => text)
    .join('\n')

/** When it changes next what is said, after a recorded moment; infinite where it does not. */
export function nextChange(cues: readonly Cue[], ms: number): number {
  let next = Number.POSITIVE_INFINITY
  for (const { startMs, endMs } of cues) {
    if (startMs > ms) return Math.min(next, startMs)
    if (endMs > ms) next = Math.min(next, endMs)
  }
  return next
}

/** The place of the cue that is said at a moment, or was the last before it; -1 before the first. */
export const cueAt = (cues: readonly Cue[], ms: number): number => cues.findLastIndex(({ startMs }) => startMs <= ms)

type Named = Pick<CaptionTrack, 'language'>
const base = (tag: string) => tag.split('-')[0]

/**
 * The captions for a viewer: those in the language they chose, else in the first of their languages (also another kind of it), else the
 * first there are.
 */
export function trackFor<T extends Named>(
  tracks: readonly T[],
  chosen: string | null,
  languages: readonly string[],
): T | undefined {
  for (const wanted of [...(chosen ? [chosen] : []), ...languages]) {
    const exact = tracks.find(({ language }) => language === wanted)
    const found = exact ?? tracks.find(({ language }) => base(language) === base(wanted))
    if (found) return found
  }
  return tracks[0]
}

/** What was decided about captions; null: nothing, so that they are there where nothing is heard. */
export type Choice = boolean | null

export const areShown = (choice: Choice, isMuted: boolean): boolean => choice ?? isMuted

/** What a press on the button decides: where it only brings back what there was `atFirst`, it takes back what was pressed since. */
export const choiceOf = (shown: boolean, isMuted: boolean, atFirst: Choice): Choice =>
  areShown(atFirst, isMuted) === shown ? atFirst : shown
