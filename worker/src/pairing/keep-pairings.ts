import type { Db } from '@meanwhile/shared/db/client'
import { erasePairings, settlePairings } from './end-pairings.ts'
import { makePairings } from './make-pairings.ts'
import { tellPeople } from './tell-people.ts'

export type KeptPairings = { made: number; told: number; ended: number; erased: number }

/**
 * Brings all pairings to where they should be at a moment. What was done is in the database: it may run at once in several workers, be
 * killed anywhere, and come late.
 */
export async function keepPairings(db: Db, now: Date): Promise<KeptPairings> {
  const kept: KeptPairings = { made: 0, told: 0, ended: 0, erased: 0 }
  const steps = [
    async () => {
      kept.made = await makePairings(db, now)
    },
    async () => {
      kept.told = await tellPeople(db, now)
    },
    async () => {
      kept.ended = (await settlePairings(db, now)).length
    },
    async () => {
      kept.erased = await erasePairings(db, now)
    },
  ]
  const failures: unknown[] = []
  // What goes wrong with one of them must not keep the others from being done.
  for (const step of steps) await step().catch((error) => failures.push(error))
  if (failures.length > 0) throw failures[0]
  return kept
}
