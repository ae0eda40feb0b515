import type { ReplacedMeeting, ReplacedMeetingChange, ReplacedMeetingDraft } from '@meanwhile/shared/contract/hours'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { asc, eq } from 'drizzle-orm'
import { type By, recordAudit } from '../audit/record-audit.ts'
import type { Viewer } from '../session.ts'
import { type MeetingRow, requireMeeting } from './access.ts'
import { namesOfOpenPlaces, requireOpenPlace } from './places.ts'

const { replacedMeetings, workspaces } = schema

/** More than any team had. */
const mostMeetings = 100

/** The meetings that are not held any more, oldest first. A place that not everybody sees any more is told to nobody. */
export async function replacedMeetingsOf(db: Db, workspaceId: string): Promise<ReplacedMeeting[]> {
  const rows = await db
    .select()
    .from(replacedMeetings)
    .where(eq(replacedMeetings.workspaceId, workspaceId))
    .orderBy(asc(replacedMeetings.createdAt), asc(replacedMeetings.id))
  return shown(db, workspaceId, rows)
}

async function shown(db: Db, workspaceId: string, rows: MeetingRow[]): Promise<ReplacedMeeting[]> {
  const places = rows.flatMap(({ place }) => (place === null ? [] : [place]))
  const names = await namesOfOpenPlaces(db, workspaceId, places)
  return rows.map(({ place, ...row }) => {
    const isOpen = place !== null && names.has(place)
    return { ...row, place: isOpen ? place : null, placeName: isOpen ? (names.get(place) ?? null) : null }
  })
}

function requireOrder({ since, until }: Pick<MeetingRow, 'since' | 'until'>) {
  if (until === null || until >= since) return
  const errors = [{ field: 'until', message: 'must not be before it was replaced' }]
  throw new ProblemError('invalid-request', 'A meeting is held again after it was replaced.', { errors })
}

const target = ({ id, name }: MeetingRow) => ({ type: 'replaced-meeting', id, name })

/** @throws {ProblemError} `invalid-request` for a place that not everybody sees, for days in the wrong order, and for too many */
export const addReplacedMeeting = (
  db: Db,
  { actor, from }: By & { actor: Viewer },
  draft: ReplacedMeetingDraft,
): Promise<ReplacedMeeting> =>
  db.transaction(async (tx) => {
    const workspaceId = actor.workspace.id
    requireOrder(draft)
    await requireOpenPlace(tx, workspaceId, draft.place)
    await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for('no key update')
    if ((await tx.$count(replacedMeetings, eq(replacedMeetings.workspaceId, workspaceId))) >= mostMeetings)
      throw new ProblemError('invalid-request', `There can be ${mostMeetings} of them at most.`)
    const row = one(
      await tx
        .insert(replacedMeetings)
        .values({ ...draft, workspaceId })
        .returning(),
    )
    await recordAudit(tx, { actor, action: 'replaced-meeting.added', target: target(row), from })
    return one(await shown(tx, workspaceId, [row]))
  })

/** @throws {ProblemError} `not-found`, `invalid-request` as above */
export const editReplacedMeeting = (
  db: Db,
  { actor, from }: By & { actor: Viewer },
  meetingId: string,
  change: ReplacedMeetingChange,
): Promise<ReplacedMeeting> =>
  db.transaction(async (tx) => {
    const before = await requireMeeting(tx, meetingId, actor)
    const given = Object.entries(change).filter(([, value]) => value !== undefined)
    const set = Object.fromEntries(given) as Partial<MeetingRow>
    requireOrder({ ...before, ...set })
    if (set.place !== undefined && set.place !== before.place) await requireOpenPlace(tx, actor.workspace.id, set.place)
    const parts = given.flatMap(([name, value]) => (before[name as keyof MeetingRow] === value ? [] : [name]))
    if (parts.length === 0) return one(await shown(tx, actor.workspace.id, [before]))
    const row = one(await tx.update(replacedMeetings).set(set).where(eq(replacedMeetings.id, meetingId)).returning())
    await recordAudit(tx, { actor, action: 'replaced-meeting.changed', target: target(row), details: { parts }, from })
    return one(await shown(tx, actor.workspace.id, [row]))
  })

/** @throws {ProblemError} `not-found` */
export const removeReplacedMeeting = (db: Db, { actor, from }: By & { actor: Viewer }, meetingId: string): Promise<void> =>
  db.transaction(async (tx) => {
    const row = await requireMeeting(tx, meetingId, actor)
    await tx.delete(replacedMeetings).where(eq(replacedMeetings.id, meetingId))
    await recordAudit(tx, { actor, action: 'replaced-meeting.removed', target: target(row), from })
  })
