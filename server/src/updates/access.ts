import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { peopleWhoSee, seesPlace, seesUpdate, type UpdateColumns } from '@meanwhile/shared/db/sees-update'
import { and, eq, getTableColumns, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Candidate, Reader, Viewer } from '../session.ts'
import { refuseApart } from './apart.ts'

const { members, updates } = schema
export type UpdateRow = typeof updates.$inferSelect
/** With whether its viewer sees its place. Whoever was let in to it alone does not: they watch, comment and react. */
export type SeenUpdate = UpdateRow & { seesPlace: boolean }

/** What a candidate made, by the link that is theirs. */
const isOwnTake = ({ id }: Candidate, table: UpdateColumns) => and(eq(table.authorId, id), table.isInterview)

/** Whether somebody sees an update, as a condition: see `seesUpdate`; guests of a link to it, wherever it is; candidates what they made. @param table an alias of `updates` */
export const visibleTo = (reader: Reader | Candidate, table: UpdateColumns = updates) => {
  if (reader.role === 'candidate') return and(isOwnTake(reader, table), isNull(table.trashedAt))
  return reader.role === 'guest'
    ? and(eq(table.id, reader.link.updateId), isNull(table.trashedAt), isNotNull(table.publishedAt))
    : seesUpdate({ userId: reader.id, workspaceId: reader.workspace.id }, table)
}

const seesItsPlace = (reader: Reader | Candidate) =>
  reader.role === 'guest' || reader.role === 'candidate'
    ? sql<boolean>`false`
    : sql<boolean>`coalesce(${seesPlace({ userId: reader.id, workspaceId: reader.workspace.id })}, false)`

/** What is read of an update for whoever sees it. */
export const seenColumns = (reader: Reader | Candidate) => ({ ...getTableColumns(updates), seesPlace: seesItsPlace(reader) })

/** Members always do; guests unless their link keeps the discussion to the workspace; candidates never: it is about them. */
export const readsComments = (viewer: Reader | Candidate): boolean =>
  viewer.role !== 'candidate' && (viewer.role !== 'guest' || viewer.link.comments !== 'off')

export type Moderated = Pick<SeenUpdate, 'authorId' | 'seesPlace'>

/** Who published the update decides what stands below it, and so do the owner and admins who see its place: a role elsewhere is none here. */
export const mayModerate = (update: Moderated, viewer: Reader | Candidate): boolean =>
  update.authorId === viewer.id || (update.seesPlace && (viewer.role === 'owner' || viewer.role === 'admin'))

/** Whether a person sees an update in any way that does not depend on which workspace they are in. */
export async function isSeenByPerson(db: Db, updateId: string, personId: string): Promise<boolean> {
  const isOne = and(eq(updates.id, updateId), isNull(updates.trashedAt), sql`${personId}::uuid in ${peopleWhoSee()}`)
  return (await db.select({ id: updates.id }).from(updates).where(isOne)).length > 0
}

/** Whether a person sees an update as a member of its workspace, whichever of theirs they are in. */
export async function isSeenByMember(db: Db, updateId: string, personId: string): Promise<boolean> {
  const found = await db
    .select({ id: updates.id })
    .from(updates)
    .innerJoin(members, and(eq(members.workspaceId, updates.workspaceId), eq(members.userId, personId)))
    .where(and(eq(updates.id, updateId), seesUpdate({ userId: members.userId, workspaceId: members.workspaceId })))
  return found.length > 0
}

/** @throws {ProblemError} `not-found`, alike for what does not exist and what this reader may not see */
export async function requireVisibleUpdate(db: Db, updateId: string, reader: Reader | Candidate): Promise<SeenUpdate> {
  const [update] = await db
    .select(seenColumns(reader))
    .from(updates)
    .where(and(eq(updates.id, updateId), visibleTo(reader)))
    .prepare('visible-update')
    .execute()
  if (!update) throw new ProblemError('not-found')
  return update
}

/** @throws {ProblemError} `not-found`, or `forbidden` when it is somebody else's */
export async function requireOwnUpdate(db: Db, updateId: string, viewer: Viewer): Promise<SeenUpdate> {
  const update = await requireVisibleUpdate(db, updateId, viewer)
  if (update.authorId !== viewer.id) throw new ProblemError('forbidden', 'Only its author can change it.')
  return update
}

/**
 * The author may delete, also when they were taken out of its channel meanwhile: what they discard must not stay published. So may the
 * owner and admins who see it. @throws {ProblemError} `not-found` or `forbidden` */
export async function requireDeletableUpdate(db: Db, updateId: string, viewer: Viewer): Promise<UpdateRow> {
  const [own] = await db
    .select()
    .from(updates)
    .where(
      and(
        eq(updates.id, updateId),
        eq(updates.authorId, viewer.id),
        eq(updates.workspaceId, viewer.workspace.id),
        isNull(updates.trashedAt),
      ),
    )
  if (own) return own
  const update = await requireVisibleUpdate(db, updateId, viewer)
  if (!mayModerate(update, viewer)) throw new ProblemError('forbidden', 'Only its author or an admin can delete it.')
  return update
}

/** The author, the owner and admins decide whether it is kept. @throws {ProblemError} `not-found` or `forbidden` */
export async function requireKeepableUpdate(db: Db, updateId: string, viewer: Viewer): Promise<SeenUpdate> {
  const update = await requireVisibleUpdate(db, updateId, viewer)
  refuseApart(update, 'It goes at a time of its own.')
  if (!mayModerate(update, viewer)) throw new ProblemError('forbidden', 'Only its author or an admin can decide this.')
  return update
}
