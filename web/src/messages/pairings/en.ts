import type { Catalogue } from '../messages.ts'

/** A pairing: one light question for two or three people. */
export const en = {
  tab: 'Pairing',
  with: 'Pairing with {others}',
  alone: 'Pairing',
  over: 'It is over: nobody is waited for any more, and there are not two answers to show.',
  shown: 'Your answers are shown to each other.',
  shownToOthers: 'Who has answered sees the answers of the others. You have not.',
  answered: 'You have answered. You see each other’s answers as soon as all have.',
  waitedFor: 'You are waited for.',
  nobodyYet: 'Nobody has answered yet.',
  record: 'Record your answer',
  notNow: 'Not this time',
  left: 'You are left out this time. Nobody waits for you.',
  by: 'By {day}.',
  minute: 'A minute at most, by camera or by voice alone.',
  overlapAll: 'All of you work on {stretch}: a call then would serve as well.',
  overlapBoth: 'Both of you work on {stretch}: a call then would serve as well.',
  gone: 'Gone on {day}.',
  goneLater: 'Answers are gone 30 days after they are shown, on {day} at the latest.',
  private: 'Nobody else sees them, and they are never written down.',
  settings: 'Pairing in your settings',
  promise: 'A minute at most. {others} can see it when all have answered.',
  back: 'Back to the pairing',
  'person.youHave': 'You have answered',
  'person.youNotYet': 'You have not answered yet',
  'person.youNot': 'You have not answered',
  'person.has': 'Has answered',
  'person.notYet': 'Has not answered yet',
  'person.not': 'Has not answered',
  'person.open': 'Open',
  'person.comments': { one: '{count} comment', other: '{count} comments' },
  'person.answerOf': 'the answer of {person}',
} as const satisfies Catalogue

export type PairingsMessages = typeof en
