import type { InterviewContent } from '@meanwhile/shared/contract/interviews'
import type { PositionRole } from '@meanwhile/shared/contract/positions'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { and, eq, ne, sql } from 'drizzle-orm'
import { type By, recordAudit } from '../audit/record-audit.ts'
import { renameCandidates } from '../candidates/shown-name.ts'
import { requireTemplate } from '../interviews/templates.ts'
import { newestInterview } from '../interviews/versions.ts'
import type { Viewer } from '../session.ts'
import { lockPosition, requireVisiblePosition } from './access.ts'
import type { PositionRow } from './rows.ts'

const { interviews, members, positionPeople, positions } = schema
type ByViewer = By & { actor: Viewer }

/** What the log says that something of a position was done to. */
export const targetOf = ({ id, title }: Pick<PositionRow, 'id' | 'title'>) => ({ type: 'position', id, name: title })

type Draft = {
  title: string
  templateId?: string | undefined
  copyOf?: string | undefined
  deleteAfterDays?: number | undefined
  promiseDays?: number | null | undefined
}

const nothing: InterviewContent = {
  intro: { text: '', videoUpdateId: null },
  questions: [],
  outro: { text: '', videoUpdateId: null },
}

/** @returns its id @throws {ProblemError} `not-found` for a template or a position that this viewer does not see */
export const addPosition = (db: Db, by: ByViewer, { templateId, copyOf, ...draft }: Draft): Promise<string> =>
  db.transaction(async (tx) => {
    const { actor } = by
    const before = copyOf ? (await requireVisiblePosition(tx, copyOf, actor)).position : null
    const asked = templateId ? await requireTemplate(tx, templateId, actor) : before && (await newestInterview(tx, before.id))
    const { deleteAfterDays, promiseDays, remindsCandidates, hidesNames } = before ?? {}
    const rules = before && { deleteAfterDays, promiseDays, remindsCandidates, hidesNames }
    const row = { ...rules, ...draft, workspaceId: actor.workspace.id, createdById: actor.id }
    const position = one(await tx.insert(positions).values(row).returning())
    if (before) {
      const others = and(eq(positionPeople.positionId, before.id), ne(positionPeople.userId, actor.id))
      const people = await tx.select().from(positionPeople).where(others)
      if (people.length > 0) await tx.insert(positionPeople).values(people.map((each) => ({ ...each, positionId: position.id })))
    }
    await tx.insert(positionPeople).values({ positionId: position.id, userId: actor.id, role: 'owner' })
    const content = asked?.content ?? nothing
    await tx
      .insert(interviews)
      .values({ positionId: position.id, version: 1, revision: 1, content, videoIds: asked?.videoIds ?? [] })
    await recordAudit(tx, { ...by, action: 'position.created', target: targetOf(position) })
    return position.id
  })

type Change = Omit<Draft, 'title' | 'templateId' | 'copyOf'> & {
  title?: string | undefined
  remindsCandidates?: boolean | undefined
  hidesNames?: boolean | undefined
  isClosed?: boolean | undefined
}

function actionOf(before: PositionRow, after: PositionRow) {
  if ((before.closedAt === null) !== (after.closedAt === null)) return after.closedAt ? 'position.closed' : 'position.opened'
  if (before.hidesNames !== after.hidesNames) return after.hidesNames ? 'position.names-hidden' : 'position.names-shown'
  return 'position.changed'
}

/** Closing it again does not begin its days anew. */
export const editPosition = (db: Db, { id }: PositionRow, by: ByViewer, { isClosed, ...change }: Change): Promise<void> =>
  db.transaction(async (tx) => {
    const before = await lockPosition(tx, id)
    const closedAt = isClosed ? (before.closedAt ?? new Date()) : null
    const set = { ...change, ...(isClosed === undefined ? {} : { closedAt }) }
    if (Object.keys(set).length === 0) return
    const after = one(await tx.update(positions).set(set).where(eq(positions.id, id)).returning())
    if (before.hidesNames !== after.hidesNames) await renameCandidates(tx, after)
    await recordAudit(tx, { ...by, action: actionOf(before, after), target: targetOf(after) })
  })

/** @throws {ProblemError} `last-position-owner` when nobody would be owner but this person */
async function requireOtherOwner(tx: Db, { id, workspaceId }: PositionRow, userId: string): Promise<void> {
  const [other] = await tx
    .select({ id: positionPeople.userId })
    .from(positionPeople)
    .innerJoin(members, and(eq(members.userId, positionPeople.userId), eq(members.workspaceId, workspaceId)))
    .where(and(eq(positionPeople.positionId, id), eq(positionPeople.role, 'owner'), ne(positionPeople.userId, userId)))
    .limit(1)
  if (!other) throw new ProblemError('last-position-owner', 'Make somebody else an owner first.')
}

/** @throws {ProblemError} `person-not-found` for somebody who is no member, `last-position-owner` */
export const giveRole = (db: Db, { id }: PositionRow, by: ByViewer, userId: string, role: PositionRole): Promise<void> =>
  db.transaction(async (tx) => {
    const position = await lockPosition(tx, id)
    const isMember = and(eq(members.userId, userId), eq(members.workspaceId, position.workspaceId))
    if ((await tx.$count(members, isMember)) === 0)
      throw new ProblemError('person-not-found', 'Choose somebody in this workspace.')
    if (role !== 'owner') await requireOtherOwner(tx, position, userId)
    await tx
      .insert(positionPeople)
      .values({ positionId: id, userId, role })
      .onConflictDoUpdate({ target: [positionPeople.positionId, positionPeople.userId], set: { role: sql`excluded.role` } })
    await recordAudit(tx, {
      ...by,
      action: 'position.role-changed',
      target: targetOf(position),
      details: { person: userId, role },
    })
  })

/** Owners take out anybody, everybody themselves. @throws {ProblemError} `forbidden`, `last-position-owner`, `not-found` for somebody who is not in it */
export const takeOut = (db: Db, positionId: string, by: ByViewer, userId: string): Promise<void> =>
  db.transaction(async (tx) => {
    const { position, role } = await requireVisiblePosition(tx, positionId, by.actor)
    if (role !== 'owner' && userId !== by.actor.id)
      throw new ProblemError('forbidden', 'Only the owners of the position can do this.')
    await lockPosition(tx, position.id)
    const isIt = and(eq(positionPeople.positionId, position.id), eq(positionPeople.userId, userId))
    const [person] = await tx.select().from(positionPeople).where(isIt)
    if (!person) throw new ProblemError('not-found')
    if (person.role === 'owner') await requireOtherOwner(tx, position, userId)
    await tx.delete(positionPeople).where(isIt)
    await recordAudit(tx, { ...by, action: 'position.person-removed', target: targetOf(position), details: { person: userId } })
  })
