import { type Db, one } from '@meanwhile/shared/db/client'
import { pairingFortnights, pairingPeople, pairings } from '@meanwhile/shared/db/schema/pairings'
import { workspaces } from '@meanwhile/shared/db/schema/people'
import { chooseQuestion } from '@meanwhile/shared/pairing/choose-question'
import { fortnightAt, fortnightEnd, pairingKeptMs } from '@meanwhile/shared/pairing/fortnight'
import { match } from '@meanwhile/shared/pairing/match'
import { eq, gt, isNotNull } from 'drizzle-orm'
import { pastOf, peopleToPair, placesOf } from './pairable.ts'

type Fortnight = { workspaceId: string; startsOn: string }

/** The fortnights that have begun and whose pairings are not made: of each workspace at most the present one. What was missed is over. */
async function toMake(db: Db, now: Date): Promise<Fortnight[]> {
  const rows = await db
    .select({ workspaceId: workspaces.id, from: workspaces.pairingFrom })
    .from(workspaces)
    .where(isNotNull(workspaces.pairingFrom))
  const begun = rows.flatMap(({ workspaceId, from }) => {
    const startsOn = from && fortnightAt(from, now)
    return startsOn ? [{ workspaceId, startsOn }] : []
  })
  if (begun.length === 0) return []
  const made = await db
    .select()
    .from(pairingFortnights)
    .where(gt(pairingFortnights.madeAt, new Date(now.getTime() - 21 * 86_400_000)))
  const keys = new Set(made.map(({ workspaceId, startsOn }) => `${workspaceId} ${startsOn}`))
  return begun.filter(({ workspaceId, startsOn }) => !keys.has(`${workspaceId} ${startsOn}`))
}

/** All groups of a fortnight, or none when another worker was first. @returns how many */
const makeFortnight = (db: Db, { workspaceId, startsOn }: Fortnight, now: Date): Promise<number> =>
  db.transaction(async (tx) => {
    const [fortnight] = await tx
      .insert(pairingFortnights)
      .values({ workspaceId, startsOn, madeAt: now })
      .onConflictDoNothing()
      .returning()
    const [workspace] = await tx.select().from(workspaces).where(eq(workspaces.id, workspaceId)).for('share')
    if (!fortnight || !workspace?.pairingFrom) return 0
    const people = new Map((await peopleToPair(tx, workspaceId, startsOn, now)).map(({ userId, opensAt }) => [userId, opensAt]))
    const { met, questions } = await pastOf(tx, workspaceId, startsOn)
    const seed = `${workspaceId} ${startsOn}`
    const groups = match(await placesOf(tx, workspaceId, [...people.keys()]), met, seed)
    const endsAt = fortnightEnd(startsOn)
    for (const group of groups) {
      const had = group.flatMap((id) => questions.get(id) ?? [])
      const question = chooseQuestion(had, `${seed} ${group.join(' ')}`)
      const goneAt = new Date(endsAt.getTime() + pairingKeptMs)
      const { id } = one(await tx.insert(pairings).values({ workspaceId, startsOn, question, endsAt, goneAt }).returning())
      const rows = group.flatMap((userId) => {
        const opensAt = people.get(userId)
        return opensAt ? [{ pairingId: id, userId, opensAt }] : []
      })
      await tx.insert(pairingPeople).values(rows)
    }
    return groups.length
  })

/** Makes the pairings of every fortnight that has begun. @returns how many there are */
export async function makePairings(db: Db, now: Date): Promise<number> {
  const failures: unknown[] = []
  let made = 0
  for (const fortnight of await toMake(db, now))
    await makeFortnight(db, fortnight, now).then(
      (count) => {
        made += count
      },
      (error) => failures.push(error),
    )
  // The others are made: one that cannot be is said at the end.
  if (failures.length > 0) throw failures[0]
  return made
}
