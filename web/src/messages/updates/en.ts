import type { Catalogue } from '../messages.ts'

/** Lists of updates: all of them, and those of a channel. */
export const en = {
  untitled: 'Untitled update',
  title: 'Updates',
  loading: 'Loading updates',
  more: 'Show more',
  new: 'New',
  you: 'You',
  comments: { one: '{count} comment', other: '{count} comments' },
  watched: '{percent} % watched',
  draft: 'Draft: not finished recording',
  recording: 'Being recorded now',
  processing: 'Processing',
  processed: 'Processing · {percent} %',
  failedEdit: 'A step failed: open it to try again',
  failed: 'A step of its processing failed',
  lengthAt: '{length} · {short} at {rate}×',
  waiting: '{amount} new',
  waitingFor: '{amount} new · {time}',
  waitingAt: '{amount} new · {time} at {rate}×',
  waitingAsPlayed: '{amount} new · {time} as they play',
} as const satisfies Catalogue

export type UpdatesMessages = typeof en
