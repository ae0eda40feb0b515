import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { UpdateDraft } from '@meanwhile/shared/contract/updates'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { Candidate } from '../session.ts'
import type { UpdateRow } from '../updates/access.ts'
import { isTaken, madeBefore } from '../updates/queries.ts'
import { requireAnswerableQuestion, tieTake } from './answers.ts'

const { updates, videos } = schema

/**
 * An answer by a recording, which is there for the team when it is complete and handed in. The same id again creates nothing.
 * @param admit throws when there is no room for its video
 * @throws {ProblemError} as `requireAnswerableQuestion`; `id-taken`; `invalid-request` without `answer` or `video`
 */
export const addTake = (
  db: Db,
  candidate: Candidate,
  { id, answer, video }: UpdateDraft,
  admit: (tx: Db) => Promise<void>,
): Promise<{ isNew: boolean; update: UpdateRow }> =>
  db.transaction(async (tx) => {
    if (id && (await isTaken(tx, id))) return { isNew: false, update: await madeBefore(tx, candidate, id) }
    if (!answer || !video) {
      const message = 'must be there'
      throw new ProblemError('invalid-request', undefined, { errors: [{ field: answer ? 'video' : 'answer', message }] })
    }
    const { question } = await requireAnswerableQuestion(tx, candidate, answer)
    await admit(tx)
    const place = { workspaceId: candidate.workspace.id, authorId: candidate.id, isInterview: true }
    const [update] = await tx
      .insert(updates)
      .values({ ...place, title: question.text.slice(0, 200), ...(id ? { id } : {}) })
      .onConflictDoNothing()
      .returning()
    if (!update) return { isNew: false, update: await madeBefore(tx, candidate, id ?? '') }
    await tx.insert(videos).values({ updateId: update.id, ...video })
    await tieTake(tx, update.id, candidate, answer)
    return { isNew: true, update }
  })
