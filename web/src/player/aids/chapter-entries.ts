import { timeCode } from '@meanwhile/shared/media/time-code'
import type { MenuEntry } from '../../ui/MenuButton.svelte'
import { chapterAt, type ShownChapter } from '../chapters.ts'
import type { Playback } from '../playback.ts'
import { say } from '../words.ts'

/** Chapters to choose from in the player's menu, where no list of them stands beside it. */
export function chapterEntries(chapters: readonly ShownChapter[], playback: Playback): MenuEntry[] {
  if (chapters.length === 0) return []
  const choice: MenuEntry = {
    kind: 'choice',
    label: say('chapters'),
    current: `${chapterAt(chapters, playback.ms)?.index}`,
    options: chapters.map(({ index, title, watchMs }) => ({ value: `${index}`, label: title, hint: timeCode(watchMs) })),
    onchange(value) {
      const chapter = chapters.find(({ index }) => `${index}` === value)
      if (chapter) playback.seek(chapter.watchMs)
    },
  }
  return [{ kind: 'text', label: say('chapters') }, choice, { kind: 'line' }]
}
