import type { Catalogue } from '../messages.ts'

/** The player inside of another page, and what stands in its place there. */
export const en = {
  open: 'Open in Meanwhile',
  read: 'Read it in Meanwhile',
  again: 'Try again',
  elsewhere: 'This can be watched in Meanwhile.',
  gone: 'This is not here any more: it was deleted, or you can no longer see it.',
  nothing: 'There is nothing here that you can see.',
  apart: 'What is said in a pairing or an interview stays there.',
  failed: 'This could not be loaded.',
  text: '“{title}” is a text, without a video.',
  notYet: 'There is nothing to play here yet. It appears by itself.',
} as const satisfies Catalogue

export type EmbedMessages = typeof en
