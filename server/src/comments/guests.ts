import type { CommentChange, CommentDraft } from '@meanwhile/shared/contract/comments'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Reader } from '../session.ts'

/** Members always may; guests where their link says so. */
export const mayWrite = (reader: Reader): boolean =>
  reader.role !== 'guest' || (reader.isKnown && reader.link.comments === 'guests')

/** @throws {ProblemError} `forbidden` for guests of a link that lets them watch alone */
export function requireWriter(reader: Reader): void {
  if (!mayWrite(reader))
    throw new ProblemError('forbidden', 'This link is for watching. Ask who sent it for one to comment with.')
}

const ofGuests = new Set(['note', 'question'])

/**
 * What guests say bears their name, and asks nobody in particular: they are not told who else there is.
 * @throws {ProblemError} `forbidden`, `name-needed`
 */
export function requireWords(reader: Reader, said: Partial<CommentDraft> | CommentChange): void {
  requireWriter(reader)
  if (reader.role !== 'guest') return
  if (reader.name === '') throw new ProblemError('name-needed')
  const { type = 'note', ownerId = null, mentions = [], ...more } = said
  const names = ownerId !== null || mentions.length > 0
  const decides = ('supersedesId' in more && more.supersedesId !== null) || !ofGuests.has(type)
  const records = 'video' in more && more.video !== undefined
  if (names || decides || records) throw new ProblemError('forbidden', 'Guests write notes and questions, and name nobody.')
}
