import type { Video } from '@meanwhile/shared/contract/videos'
import type { Wire } from '../api.ts'
import type { Quality } from './source.ts'

type Choice = { value: Quality; label: string; hint?: string }

/** What a viewer can choose from: automatic, as recorded, and the renditions, largest first. */
export function qualitiesOf({ height, playback }: Pick<Wire<typeof Video>, 'height' | 'playback'>): Choice[] {
  const made = playback.renditions.filter(({ name }) => name !== 'source').toSorted((a, b) => b.height - a.height)
  return [
    { value: 'auto', label: 'Auto' },
    { value: 'source', label: height === null ? 'Original' : `${height}p`, hint: 'As recorded' },
    ...made.map(({ name, height: lines }) => ({ value: name, label: `${lines}p` })),
  ]
}

/** A remembered choice that this video does not have counts as automatic. */
export const shownQuality = (choices: Choice[], quality: Quality): Quality =>
  choices.some(({ value }) => value === quality) ? quality : 'auto'
