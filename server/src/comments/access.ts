import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import type { Viewer } from '../session.ts'
import { isVisible } from '../updates/access.ts'

const { comments, updates } = schema

/**
 * A comment of the viewer on an update that they still see.
 * @throws {ProblemError} `not-found`, or `forbidden` when somebody else wrote it
 */
export async function requireOwnComment(db: Db, commentId: string, viewer: Viewer) {
  const [found] = await db
    .select({ comment: comments, update: updates })
    .from(comments)
    .innerJoin(updates, eq(updates.id, comments.updateId))
    .where(eq(comments.id, commentId))
  if (!found || found.comment.deletedAt || !isVisible(found.update, viewer)) throw new ProblemError('not-found')
  if (found.comment.authorId !== viewer.id) throw new ProblemError('forbidden', 'Only the person who wrote it can change it.')
  return found
}
