import type { Catalogue } from '../messages.ts'

/** What any page says when a request did not work and the API has not said why. */
export const en = {
  unreachable: 'Meanwhile cannot be reached right now',
  'unreachable.next': 'Check your connection, then try again.',
  unknown: 'Something went wrong here',
  'unknown.next': 'Load the page again.',
  choiceNotSaved: 'Your choice could not be saved; for now it counts here only',
} as const satisfies Catalogue

export type ProblemsMessages = typeof en
