import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { settlePerson } from '@meanwhile/shared/db/settle-answer'
import type { Viewer } from '../session.ts'
import { requireAskedRound, type SeenRound } from './access.ts'

const { answers } = schema

export type Tie = { roundId?: string | undefined; question?: string | undefined }

/** Where the answer to a round is posted. @throws {ProblemError} `not-found`, `forbidden`; `invalid-request` for a question that was not asked */
export async function requireAnswerable(tx: Db, { roundId, question }: Tie, author: Viewer): Promise<SeenRound | null> {
  if (!roundId) {
    if (question === undefined) return null
    throw notAsked('is of a round: name that too')
  }
  const { round, checkIn } = await requireAskedRound(tx, roundId, author)
  if (question !== undefined && !round.questions.some(({ id }) => id === question)) throw notAsked('was not asked in this round')
  return { round, checkIn }
}

const notAsked = (message: string) => new ProblemError('invalid-request', undefined, { errors: [{ field: 'question', message }] })

/** The update is an answer from now on; once it is published the round says so. */
export async function tieAnswer(
  tx: Db,
  updateId: string,
  { round }: SeenRound,
  { id: userId }: Viewer,
  { question = null, texts = null }: { question?: string | null | undefined; texts?: Record<string, string> | null },
): Promise<void> {
  await tx.insert(answers).values({ updateId, roundId: round.id, userId, question, texts })
  await settlePerson(tx, { roundId: round.id, userId })
}
