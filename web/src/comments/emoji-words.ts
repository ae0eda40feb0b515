import type { Emoji } from '@meanwhile/shared/media/emojis'
import { say } from './words.ts'

/** What each of them says, for people who listen and in the menu. */
export const emojiWords: Record<Emoji, string> = {
  '👍': say('emoji.agreed'),
  '👏': say('emoji.wellDone'),
  '🎉': say('emoji.hooray'),
  '😂': say('emoji.funny'),
  '😮': say('emoji.surprising'),
  '🤔': say('emoji.notSure'),
}
