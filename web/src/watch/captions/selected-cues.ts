import type { Cue } from '@meanwhile/shared/media/captions'

/** A range of the recording, in ms. */
export type CueRange = { fromMs: number; toMs: number }

/** The range of the cues between two places in the list, whichever comes first. Null where there is none. */
export function rangeOf(cues: readonly Cue[], one: number, other: number): CueRange | null {
  const chosen = cues.slice(Math.min(one, other), Math.max(one, other) + 1)
  const first = chosen[0]
  if (!first) return null
  return { fromMs: first.startMs, toMs: Math.max(...chosen.map(({ endMs }) => endMs)) }
}

/** The place of the cue that a node of the list belongs to; undefined outside of it. */
export function placeOf(node: Node | null, list: HTMLElement): number | undefined {
  const element = node instanceof Element ? node : node?.parentElement
  const place = element?.closest<HTMLElement>('[data-cue]')
  return place && list.contains(place) ? Number(place.dataset.cue) : undefined
}

/** Where a cue is by now: as it was, or what another person made of it; -1 where it is gone. */
export function placeNow(cues: readonly Cue[], one: Cue): number {
  const same = cues.findIndex(({ startMs, endMs, text }) => startMs === one.startMs && endMs === one.endMs && text === one.text)
  return same < 0 ? cues.findIndex(({ startMs }) => startMs === one.startMs) : same
}

/** The captions after one of them was corrected; without text it is left out. Null where that one is not among them any more. */
export function corrected(cues: readonly Cue[], one: Cue, text: string): Cue[] | null {
  const index = cues.findIndex(({ startMs, text: said }) => startMs === one.startMs && said === one.text)
  const changed = text.trim() ? [{ ...one, text: text.trim() }] : []
  return index < 0 ? null : cues.toSpliced(index, 1, ...changed)
}

/** The language that the name of a file of captions tells, as `talk.de.vtt` does; undefined where it tells none. */
export const languageInName = (name: string): string | undefined =>
  /[._-]([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\.(?:vtt|srt)$/i.exec(name)?.[1]
