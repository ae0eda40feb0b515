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
} as const satisfies Catalogue

export type PlacesMessages = typeof en
