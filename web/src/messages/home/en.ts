import type { Catalogue } from '../messages.ts'

/** What waits for somebody: the first page. */
export const en = {
  title: 'What waits for you',
  all: 'All updates',
  asked: 'Asked of you',
  askedNone: 'Nobody waits for you.',
  askedMore: 'Show more of what is asked',
  whenItSuits: 'when it suits you',
  wasDue: 'was due {moment}',
  by: 'by {moment}',
  round: { one: 'Check-in · {count} question', other: 'Check-in · {count} questions' },
  decide: '{person} asks you to decide · {title}',
  pairing: 'Pairing with {others} · a minute each',
  candidates: { one: '{count} candidate waits to hear from you', other: '{count} candidates wait to hear from you' },
  action: '{person} gave you something to do · {title}',
  question: '{person} asks you · {title}',
  byRecording: 'Asked by a recording',
  new: 'New',
  newNone: 'You have seen everything of the last 30 days.',
  playAll: 'Play all',
  namesYou: 'names you',
  blocked: 'is blocked',
  namesAndBlocked: 'names you and is blocked',
  text: 'Text',
  more: 'And {count} more in the reel.',
  people: { one: '{count} person', other: '{count} people' },
  atRate: 'at {rate}×',
  withoutSilences: 'without silences',
  behind: '{left} more behind these',
  back: 'Came back to you',
  backNone: 'No answers since you looked.',
  showMore: 'Show more',
  'first.title': 'Record your first update',
  'first.text':
    'Show your screen and say what changed. The link works the moment you stop, and everyone watches when it suits them.',
  'first.record': 'Record an update',
  'first.invite': 'Invite your team',
} as const satisfies Catalogue

export type HomeMessages = typeof en
