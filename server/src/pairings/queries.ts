import type { Pairing, PairingPage } from '@meanwhile/shared/contract/pairings'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { calendarOf, overlapOf } from '@meanwhile/shared/working-hours/clock'
import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm'
import { personColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'
import { type Showing, updatesOf } from '../updates/queries.ts'
import { type PairingRow, pairingVisibleTo } from './access.ts'

const { pairingPeople, pairings, updates, users } = schema

/** As many as thirty days after a fortnight hold, and more. */
const most = 20
const daysAhead = 7
const mostStretches = 20
/** Less in common is no offer to talk. */
const shortestMs = 60 * 60_000

const stateOf = ({ revealedAt, closedAt }: PairingRow): Pairing['state'] => (revealedAt ? 'shown' : closedAt ? 'over' : 'open')

async function shown(db: Db, rows: PairingRow[], viewer: Viewer): Promise<Pairing[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const people = await db
    .select({ pairingId: pairingPeople.pairingId, answeredAt: pairingPeople.answeredAt, person: personColumns(users) })
    .from(pairingPeople)
    .innerJoin(users, eq(users.id, pairingPeople.userId))
    .where(and(inArray(pairingPeople.pairingId, ids), isNull(pairingPeople.withdrawnAt)))
    .orderBy(asc(users.name), asc(users.id))
  return rows.map((row) => {
    const { id, startsOn, question, endsAt, goneAt } = row
    const own = people.filter(({ pairingId }) => pairingId === id)
    return {
      ...{ id, startsOn, question, endsAt, goneAt },
      people: own.map(({ person, answeredAt }) => ({ person, answered: answeredAt !== null })),
      answered: own.some(({ person, answeredAt }) => person.id === viewer.id && answeredAt !== null),
      state: stateOf(row),
    }
  })
}

/** The pairings of a viewer that are not gone, newest first. */
export async function pairingsOf(db: Db, viewer: Viewer): Promise<Pairing[]> {
  const rows = await db
    .select({ pairing: pairings })
    .from(pairings)
    .innerJoin(pairingPeople, eq(pairingPeople.pairingId, pairings.id))
    .where(pairingVisibleTo(viewer))
    .orderBy(desc(pairings.startsOn), desc(pairings.id))
    .limit(most)
  return shown(
    db,
    rows.map(({ pairing }) => pairing),
    viewer,
  )
}

/** When all of them work for long enough. */
async function overlapIn(db: Db, pairingId: string, now: Date) {
  const rows = await db
    .select({ timeZone: users.timeZone, workingHours: users.workingHours, daysOff: users.daysOff })
    .from(pairingPeople)
    .innerJoin(users, eq(users.id, pairingPeople.userId))
    .where(and(eq(pairingPeople.pairingId, pairingId), isNull(pairingPeople.withdrawnAt)))
  if (rows.length < 2) return []
  const until = new Date(now.getTime() + daysAhead * 86_400_000)
  return overlapOf(rows.map(calendarOf), now, until)
    .filter(({ from, to }) => to.getTime() - from.getTime() >= shortestMs)
    .slice(0, mostStretches)
}

/** One pairing with what its viewer sees of its answers; access was decided before. */
export async function pairingFor(
  db: Db,
  pairing: PairingRow,
  showing: Showing & { viewer: Viewer },
  now: Date,
): Promise<PairingPage | undefined> {
  const [told] = await shown(db, [pairing], showing.viewer)
  const said = await db.select({ id: updates.id }).from(updates).where(eq(updates.pairingId, pairing.id))
  const answers = await updatesOf(
    db,
    showing,
    said.map(({ id }) => id),
  )
  const overlap = pairing.closedAt ? [] : await overlapIn(db, pairing.id, now)
  return told && { ...told, answers, overlap }
}
