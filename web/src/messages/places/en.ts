import type { Catalogue } from '../messages.ts'

/** Where something is posted. */
export const en = {
  postTo: 'Post to',
  choose: 'Choose…',
  everyone: 'Everyone in {workspace}',
  private: '{channel} (private)',
  archived: '{channel} (archived)',
  unseen: 'A channel that you do not see',
  archivedText: 'This channel is archived: choose another one.',
  oneMember: 'Seen by its one member alone.',
  members: 'Seen by its {members} members alone.',
  elsewhere: 'It was recorded in another of your workspaces. Choose there where to post it.',
  switch: 'Switch workspace',
  there: 'Post it there',
  attentionOne: 'One person is to watch {time}; {faster} at 1.5×.',
  attention: '{time} × {people} people = {total} of attention; {faster} at 1.5×.',
  arrives: { one: 'One person gets this {when}.', other: '{count} people get this {when}.' },
  arrivesFromTo: '{people} people get this in their own time: the first {from}, the last {to}.',
} as const satisfies Catalogue

export type PlacesMessages = typeof en
