import { ProblemError } from '@meanwhile/shared/contract/problem'
import { expiryAt, mediaToken, requireMediaToken } from '../media/token.ts'

/** Of no video: a right of one kind is none of another. */
const subjectOf = (candidateId: string) => `everything of ${candidateId}`

/** The right to fetch all of a candidate's own data for some minutes: a download cannot send their invitation along. */
export const everythingKey = (secret: string, candidateId: string): string =>
  `${candidateId}.${mediaToken(secret, subjectOf(candidateId), expiryAt(Date.now()))}`

/** Whose it is. @throws {ProblemError} `not-found` for one that was never given out, `media-link-expired` */
export function candidateIn(secret: string, key: string): string {
  const [candidateId = '', ...token] = key.split('.')
  try {
    requireMediaToken(secret, subjectOf(candidateId), token.join('.'))
    return candidateId
  } catch (error) {
    // As for whoever has no link: nothing is there.
    if (error instanceof ProblemError && error.code === 'media-link-invalid') throw new ProblemError('not-found')
    throw error
  }
}
