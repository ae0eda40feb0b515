import type { Video } from '@meanwhile/shared/contract/videos'
import type { Wire } from '../api.ts'
import type { MenuEntry } from '../ui/MenuButton.svelte'
import type { Feed } from './feed.svelte.ts'
import { remember } from './preferences.ts'
import type { Quality } from './source.ts'
import { say } from './words.ts'

type Choice = { value: Quality; label: string; hint?: string }

/** What a viewer can choose from: automatic, as recorded, and the renditions, largest first. */
export function qualitiesOf({ height, playback }: Pick<Wire<typeof Video>, 'height' | 'playback'>): Choice[] {
  const made = playback.renditions.filter(({ name }) => name !== 'source').toSorted((a, b) => b.height - a.height)
  return [
    { value: 'auto', label: say('quality.auto') },
    { value: 'source', label: height === null ? say('quality.original') : `${height}p`, hint: say('quality.asRecorded') },
    ...made.map(({ name, height: lines }) => ({ value: name, label: `${lines}p` })),
  ]
}

/** A remembered choice that this video does not have counts as automatic. */
export const shownQuality = (choices: Choice[], quality: Quality): Quality =>
  choices.some(({ value }) => value === quality) ? quality : 'auto'

/** What a menu has of the quality; what is chosen is remembered in this browser. */
export function qualityEntry(video: Parameters<typeof qualitiesOf>[0], feed: Feed): MenuEntry {
  const options = qualitiesOf(video)
  const onchange = (quality: Quality) => {
    remember('quality', quality)
    feed.choose(quality)
  }
  return { kind: 'choice', label: say('quality'), current: shownQuality(options, feed.quality), options, onchange }
}
