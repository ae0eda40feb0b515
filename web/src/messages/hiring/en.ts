import type { Catalogue } from '../messages.ts'

/** What a hiring manager without an account reads beside the answers. */
export const en = {
  overTitle: 'This link does not work any more',
  overText: 'Ask who sent it for a new one.',
  over: 'It was withdrawn, or its time is over.',
  unknownTitle: 'There is nothing here',
  unknownText: 'The link may be cut off. Copy all of it, or ask who sent it.',
  unknown: 'Nobody can see anything by this address.',
  notLoaded: 'Not loaded',
  for: 'For {label}. Until {moment}, this link shows what candidates answered; please do not pass it on.',
  none: 'Nobody’s answers are here. They show once candidates have handed them in, and are gone when a candidate deletes them.',
  watch: 'Watch',
  byCandidate: 'By candidate',
  byQuestion: 'By question',
  notAnswered: 'Not answered',
  team: 'the team',
  question: 'the question itself',
  answer: 'the answer by {candidate}',
  arriving: 'It is still arriving. Look again in a while.',
  play: 'Play, {time}',
  playWhat: 'Play, {time} {what}',
  notPlayed: 'Not played: {why}',
} as const satisfies Catalogue

export type HiringMessages = typeof en
