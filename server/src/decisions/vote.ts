import type { VoteDraft } from '@meanwhile/shared/contract/decisions'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { tellOfComment } from '@meanwhile/shared/db/announce-comment'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { decidersOf } from '@meanwhile/shared/db/deciders'
import { choicesOf } from '@meanwhile/shared/decisions/outcome'
import { and, desc, eq } from 'drizzle-orm'
import type { Viewer } from '../session.ts'
import type { SeenDecision } from './access.ts'

const { decisions, decisionVotes } = schema

/**
 * What somebody says, behind what they said before. The same again adds nothing.
 * @throws {ProblemError} `forbidden` for who does not decide, `decision-closed`, `invalid-request` for a choice that it has not
 */
export const addVote = (db: Db, { comment, update }: SeenDecision, viewer: Viewer, draft: VoteDraft, now = new Date()) =>
  db.transaction(async (tx) => {
    const isThis = eq(decisions.commentId, comment.id)
    // Whoever closes it waits for this, or this sees that it is closed.
    const decision = one(await tx.select().from(decisions).where(isThis).for('update'))
    const decides = (await decidersOf(tx, comment.id)).some(({ id }) => id === viewer.id)
    if (!decides) throw new ProblemError('forbidden', 'Others decide this.')
    if (decision.closedAt || decision.closesAt <= now) throw new ProblemError('decision-closed')
    if (!choicesOf(decision.options).includes(draft.choice))
      throw new ProblemError('invalid-request', undefined, {
        errors: [{ field: 'choice', message: 'is not one of those that there are' }],
      })
    const isMine = and(eq(decisionVotes.commentId, comment.id), eq(decisionVotes.userId, viewer.id))
    const [last] = await tx.select().from(decisionVotes).where(isMine).orderBy(desc(decisionVotes.id)).limit(1)
    if (last?.choice === draft.choice && last.reason === draft.reason) return
    await tx.insert(decisionVotes).values({ commentId: comment.id, userId: viewer.id, ...draft, createdAt: now })
    await tellOfComment(tx, update, comment)
  })
