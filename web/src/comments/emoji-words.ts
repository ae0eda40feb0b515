import type { Emoji } from '@meanwhile/shared/media/emojis'

/** What each of them says, for people who listen and in the menu. */
export const emojiWords: Record<Emoji, string> = {
  '👍': 'Agreed',
  '👏': 'Well done',
  '🎉': 'Hooray',
  '😂': 'Funny',
  '😮': 'Surprising',
  '🤔': 'Not sure',
}
