import type { CheckInChange, CheckInDraft } from '@meanwhile/shared/contract/check-ins'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { seesCheckIn } from '@meanwhile/shared/db/sees-check-in'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { type By, recordAudit } from '../audit/record-audit.ts'
import { requirePostable } from '../channels/access.ts'
import type { Viewer } from '../session.ts'
import type { CheckInRow } from './access.ts'

const { channels, checkInPeople, checkIns, members, rounds } = schema
type People = CheckInDraft['people']

/** A check-in as the audit log names it: of a private channel it tells those who do not see that nothing. */
async function auditTarget(tx: Db, { id, name, channelId }: CheckInRow) {
  const [channel] = channelId ? await tx.select().from(channels).where(eq(channels.id, channelId)) : []
  return { type: 'check-in', id, name: channel?.isPrivate ? null : name }
}

const tell = (tx: Db, { workspaceId, channelId }: CheckInRow) => notify(tx, workspaceId, { type: 'channel', channelId })

/** @throws {ProblemError} `person-not-found` for somebody who does not see it */
async function setPeople(tx: Db, { id: checkInId }: CheckInRow, people: People): Promise<void> {
  await tx.delete(checkInPeople).where(eq(checkInPeople.checkInId, checkInId))
  if (people.length === 0) return
  const ids = people.map(({ userId }) => userId)
  const seeing = await tx
    .select({ id: members.userId })
    .from(members)
    .innerJoin(checkIns, eq(checkIns.id, checkInId))
    .where(and(inArray(members.userId, ids), seesCheckIn({ userId: members.userId, workspaceId: members.workspaceId })))
  if (seeing.length < ids.length) throw new ProblemError('person-not-found', 'Choose people who see its channel.')
  await tx.insert(checkInPeople).values(people.map((each) => ({ checkInId, ...each })))
}

/** @returns its id @throws {ProblemError} `not-found`, `channel-archived` for the channel; `person-not-found` */
export const addCheckIn = (db: Db, by: By & { actor: Viewer }, draft: CheckInDraft, now: Date): Promise<string> =>
  db.transaction(async (tx) => {
    const { people, cadence, ...rest } = draft
    if (rest.channelId) await requirePostable(tx, rest.channelId, by.actor)
    const place = { workspaceId: by.actor.workspace.id, createdById: by.actor.id, activeFrom: now }
    const checkIn = one(
      await tx
        .insert(checkIns)
        .values({ ...rest, ...cadence, ...place })
        .returning(),
    )
    await setPeople(tx, checkIn, people)
    await recordAudit(tx, { ...by, action: 'check-in.created', target: await auditTarget(tx, checkIn) })
    await tell(tx, checkIn)
    return checkIn.id
  })

/** When something was asked for is decided anew, from now on: what was due before is not made up. */
const anew = (now: Date) => ({ activeFrom: now, settledThrough: null })

const isSet = (value: unknown) => value !== undefined

/** What was answered in a private channel is read in it alone: with rounds in it a check-in stays there. @throws {ProblemError} `invalid-request` */
async function requireNothingPrivate(tx: Db, { id, channelId }: CheckInRow): Promise<void> {
  if (channelId === null) return
  const [held] = await tx
    .select({ id: rounds.id })
    .from(rounds)
    .innerJoin(channels, and(eq(channels.id, channelId), channels.isPrivate))
    .where(eq(rounds.checkInId, id))
    .limit(1)
  const message = 'stays: what was answered in a private channel is read there alone. Make another check-in'
  if (held) throw new ProblemError('invalid-request', undefined, { errors: [{ field: 'channelId', message }] })
}

/** What is named changes; rounds that are open stay as they are. @throws {ProblemError} as `addCheckIn` */
export const editCheckIn = (
  db: Db,
  { id }: CheckInRow,
  { people, cadence, isPaused, isArchived, ...change }: CheckInChange,
  by: By & { actor: Viewer },
  now: Date,
): Promise<void> =>
  db.transaction(async (tx) => {
    const before = one(await tx.select().from(checkIns).where(eq(checkIns.id, id)).for('update'))
    if (change.channelId && change.channelId !== before.channelId) await requirePostable(tx, change.channelId, by.actor)
    if (change.channelId !== undefined && change.channelId !== before.channelId) await requireNothingPrivate(tx, before)
    const timing = [cadence, change.opens, change.due, isPaused, isArchived]
    const after = one(
      await tx
        .update(checkIns)
        .set({
          ...change,
          ...cadence,
          ...(isPaused === undefined ? {} : { pausedAt: isPaused ? (before.pausedAt ?? now) : null }),
          ...(isArchived === undefined ? {} : { archivedAt: isArchived ? (before.archivedAt ?? now) : null }),
          ...(timing.some(isSet) ? anew(now) : {}),
          editedAt: sql`now()`,
        })
        .where(eq(checkIns.id, id))
        .returning(),
    )
    if (people) await setPeople(tx, after, people)
    const action = after.archivedAt && !before.archivedAt ? 'check-in.archived' : 'check-in.changed'
    await recordAudit(tx, { ...by, action, target: await auditTarget(tx, after) })
    await tell(tx, before)
    if (after.channelId !== before.channelId) await tell(tx, after)
  })
