import type { CommentChange, CommentDraft, CommentType } from '@meanwhile/shared/contract/comments'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Db } from '@meanwhile/shared/db/client'
import { dueAtOf } from '@meanwhile/shared/db/due-at'
import type { UpdateRow } from '../updates/access.ts'
import type { CommentRow } from './access.ts'

type Due = Pick<CommentRow, 'dueAt' | 'dueIsChosen'>

/** Nobody plans further ahead. */
const longestMs = 366 * 86_400_000

/** A moment that the author of a comment chose. @throws {ProblemError} `invalid-request` */
function requireSane(dueAt: Date, now: Date): Due {
  const refuse = (message: string) => new ProblemError('invalid-request', undefined, { errors: [{ field: 'dueAt', message }] })
  if (dueAt <= now) throw refuse('must be in the future')
  if (dueAt.getTime() > now.getTime() + longestMs) throw refuse('must be within a year')
  return { dueAt, dueIsChosen: true }
}

/** By when a new comment is due: as its author says, else as the team has agreed. @throws {ProblemError} `invalid-request` */
export const dueOfNew = async (tx: Db, update: UpdateRow, draft: CommentDraft, now: Date): Promise<Due> =>
  draft.dueAt ? requireSane(draft.dueAt, now) : { dueAt: await dueAtOf(tx, update, draft, now), dueIsChosen: false }

/**
 * By when a comment is due after a change. Whoever is asked from now on has their time from now on; a moment that its author chose stays as
 * long as it lies ahead. @throws {ProblemError} `invalid-request`
 */
export async function dueAfter(
  tx: Db,
  update: UpdateRow,
  before: CommentRow,
  change: CommentChange,
  after: { type: CommentType; ownerId: string | null },
  now: Date,
): Promise<Due> {
  if (after.ownerId === null) {
    if (change.dueAt)
      throw new ProblemError('invalid-request', undefined, {
        errors: [{ field: 'dueAt', message: 'needs somebody who is asked' }],
      })
    return { dueAt: null, dueIsChosen: false }
  }
  if (change.dueAt) return change.dueAt.getTime() === before.dueAt?.getTime() ? before : requireSane(change.dueAt, now)
  const isSame = after.ownerId === before.ownerId && after.type === before.type
  const stays = before.dueIsChosen ? before.dueAt !== null && before.dueAt > now : isSame
  if ((stays || isSame) && change.dueAt === undefined) return before
  return { dueAt: await dueAtOf(tx, update, after, now), dueIsChosen: false }
}
