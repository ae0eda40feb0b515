import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import { type CommentOfUpdate, requireReadableComment } from '../comments/access.ts'
import type { Viewer } from '../session.ts'
import { requireVisibleUpdate, type SeenUpdate } from '../updates/access.ts'

const { decisions } = schema
export type DecisionRow = typeof decisions.$inferSelect
export type SeenDecision = CommentOfUpdate & { decision: DecisionRow }

/** Whoever belongs to its place lets people decide there. @throws {ProblemError} `not-found`, `forbidden`, `not-published` */
export async function requireDecidableUpdate(db: Db, updateId: string, viewer: Viewer): Promise<SeenUpdate> {
  const update = await requireVisibleUpdate(db, updateId, viewer)
  if (!update.seesPlace) throw new ProblemError('forbidden', 'Whoever was let in answers in words.')
  if (!update.publishedAt) throw new ProblemError('not-published', 'Nobody else could decide about it yet.')
  return update
}

/** A decision that people are asked for, whose comment the viewer can read. @throws {ProblemError} `not-found` */
export async function requireReadableDecision(db: Db, decisionId: string, viewer: Viewer): Promise<SeenDecision> {
  const found = await requireReadableComment(db, decisionId, viewer)
  const [decision] = await db.select().from(decisions).where(eq(decisions.commentId, decisionId))
  if (!decision) throw new ProblemError('not-found')
  return { ...found, decision }
}
