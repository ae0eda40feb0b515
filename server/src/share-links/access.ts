import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, isNull } from 'drizzle-orm'
import type { Viewer } from '../session.ts'
import { mayModerate, requireVisibleUpdate, type SeenUpdate, seenColumns, visibleTo } from '../updates/access.ts'

const { shareLinks, updates } = schema
export type ShareLinkRow = typeof shareLinks.$inferSelect

/** An update whose links the viewer may see: their own, or as an admin. @throws {ProblemError} `not-found` or `forbidden` */
export async function requireSharedUpdate(db: Db, updateId: string, viewer: Viewer): Promise<SeenUpdate> {
  const update = await requireVisibleUpdate(db, updateId, viewer)
  if (!mayModerate(update, viewer)) throw new ProblemError('forbidden', 'Only its author or an admin sees its links.')
  return update
}

/** A link that was not revoked, on an update that the viewer sees. @throws {ProblemError} `not-found` */
async function requireVisibleLink(db: Db, linkId: string, viewer: Viewer) {
  const [found] = await db
    .select({ link: shareLinks, update: seenColumns(viewer) })
    .from(shareLinks)
    .innerJoin(updates, eq(updates.id, shareLinks.updateId))
    .where(and(eq(shareLinks.id, linkId), isNull(shareLinks.revokedAt), visibleTo(viewer)))
  if (!found) throw new ProblemError('not-found')
  return found
}

/** The author alone says what a link lets others do. @throws {ProblemError} `not-found` or `forbidden` */
export async function requireOwnLink(db: Db, linkId: string, viewer: Viewer) {
  const found = await requireVisibleLink(db, linkId, viewer)
  if (found.update.authorId !== viewer.id) throw new ProblemError('forbidden', 'Only the author of the update can change it.')
  return found
}

/** The author, the owner and admins may end it. @throws {ProblemError} `not-found` or `forbidden` */
export async function requireRevocableLink(db: Db, linkId: string, viewer: Viewer) {
  const found = await requireVisibleLink(db, linkId, viewer)
  if (!mayModerate(found.update, viewer)) throw new ProblemError('forbidden', 'Only its author or an admin can revoke it.')
  return found
}
