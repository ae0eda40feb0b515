import type { Catalogue } from '../messages.ts'

/** What was left behind on this device by a page that went away. */
export const en = {
  label: 'Recovered recordings',
  complete: 'It is complete on the server.',
  trouble: '{trouble}. It goes on by itself.',
  rest: 'The rest is being sent.',
  waits: 'It waits to be sent.',
  sending: 'Sending {title}',
  watch: 'Watch it',
  close: 'Close',
  again: 'Try again',
  discard: 'Discard',
  discardTitle: 'Discard this recording?',
  discardText: '{what}. Its link stops working. It can be restored on the record page until the next recording starts.',
  discardYes: 'Discard recording',
  keep: 'Keep it',
  restore: 'Restore the recording that you discarded ({length})',
  download: 'Download',
  shorter: 'A part of it is on the server alone: this file is shorter.',
  twoFiles: 'Screen and camera are files of their own.',
  manyFiles: 'The picture changed its size or its encoder: each part is a file of its own.',
  from: '{what} recovered from {day}',
  today: 'today',
  yesterday: 'yesterday',
} as const satisfies Catalogue

export type RecoveredMessages = typeof en
