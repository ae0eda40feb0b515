/** What each row of the help says; `keys` are shown, any of them works. */
export const shortcutList: { keys: string[]; what: string }[] = [
  { keys: ['Space', 'K'], what: 'Play or pause' },
  { keys: ['←', '→'], what: '5 seconds back or on' },
  { keys: ['J', 'L'], what: '10 seconds back or on' },
  { keys: ['<', '>'], what: 'Slower or faster' },
  { keys: ['0', '…', '9'], what: 'Jump to a tenth of the video' },
  { keys: [',', '.'], what: 'One picture back or on' },
  { keys: ['Home', 'End'], what: 'To the start or the end' },
  { keys: ['↑', '↓'], what: 'Louder or quieter, with the focus in the player' },
  { keys: ['M'], what: 'Mute' },
  { keys: ['C'], what: 'Comment at this moment' },
  { keys: ['S'], what: 'Captions' },
  { keys: ['F'], what: 'Full screen' },
  { keys: ['T'], what: 'Theatre mode' },
  { keys: ['P'], what: 'Picture in picture' },
  { keys: ['N', 'Shift N'], what: 'Next or previous in a reel' },
  { keys: ['?'], what: 'This list' },
]
