import { say } from './words.ts'

/** What each row of the help says; `keys` are shown, any of them works. */
export const shortcutList: { keys: string[]; what: string }[] = [
  { keys: [say('key.space'), 'K'], what: say('does.play') },
  { keys: ['←', '→'], what: say('does.skip5') },
  { keys: ['J', 'L'], what: say('does.skip10') },
  { keys: ['<', '>'], what: say('does.rate') },
  { keys: ['0', '…', '9'], what: say('does.part') },
  { keys: [',', '.'], what: say('does.step') },
  { keys: [say('key.home'), say('key.end')], what: say('does.ends') },
  { keys: ['↑', '↓'], what: say('does.volume') },
  { keys: ['M'], what: say('mute') },
  { keys: ['C'], what: say('does.comment') },
  { keys: ['S'], what: say('captions') },
  { keys: ['F'], what: say('fullScreen') },
  { keys: ['T'], what: say('theatre') },
  { keys: ['P'], what: say('picture') },
  { keys: ['N', say('key.shiftN')], what: say('does.reel') },
  { keys: ['?'], what: say('does.help') },
]
