import type { WaitingDecision } from '@meanwhile/shared/contract/waiting-decisions'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { seesPlace } from '@meanwhile/shared/db/sees-update'
import { and, asc, eq, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import { authorColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'
import { visibleTo } from '../updates/access.ts'

const { comments, decisions, updates, users } = schema
const most = 100

/** Open decisions of others that this viewer is one of those to make, and has said nothing to; those that close first come first. */
export const waitingDecisionsOf = (db: Db, viewer: Viewer): Promise<WaitingDecision[]> =>
  db
    .select({
      id: decisions.commentId,
      text: comments.text,
      author: authorColumns(),
      update: { id: updates.id, title: updates.title },
      closesAt: decisions.closesAt,
    })
    .from(decisions)
    .innerJoin(comments, eq(comments.id, decisions.commentId))
    .innerJoin(updates, eq(updates.id, comments.updateId))
    .innerJoin(users, eq(users.id, comments.authorId))
    .where(
      and(
        isNull(decisions.closedAt),
        isNotNull(comments.publishedAt),
        isNull(comments.deletedAt),
        isNull(comments.hiddenAt),
        ne(comments.authorId, viewer.id),
        or(
          and(decisions.decidedByAll, seesPlace({ userId: viewer.id, workspaceId: viewer.workspace.id })),
          and(
            sql`exists (select from decision_people asked where asked.comment_id = ${decisions.commentId} and asked.user_id = ${viewer.id})`,
            visibleTo(viewer),
          ),
        ),
        sql`not exists (select from decision_votes said where said.comment_id = ${decisions.commentId} and said.user_id = ${viewer.id})`,
      ),
    )
    .orderBy(asc(decisions.closesAt), asc(decisions.commentId))
    .limit(most)
