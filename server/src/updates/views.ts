import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { sql } from 'drizzle-orm'

const { views } = schema
type Range = [fromMs: number, toMs: number]

/** `{[0,4000),[9000,9500)}` → `[[0, 4000], [9000, 9500]]`. */
export const seenRanges = (multirange: string): Range[] =>
  [...multirange.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]) => [Number(from), Number(to)])

const multirange = (ranges: Range[]) =>
  `{${ranges
    .filter(([from, to]) => from < to)
    .map(([from, to]) => `[${from},${to})`)
    .join(',')}}`

/** Adds what a viewer has seen; PostgreSQL merges it with what they had seen before. */
export async function addView(
  db: Db,
  place: { updateId: string; userId: string },
  { ranges, positionMs }: { ranges: Range[]; positionMs?: number | undefined },
) {
  const position = positionMs ?? ranges.at(-1)?.[1]
  const seen = multirange(ranges)
  const row = one(
    await db
      .insert(views)
      .values({ ...place, seen, positionMs: position ?? 0 })
      .onConflictDoUpdate({
        target: [views.updateId, views.userId],
        set: {
          seen: sql`${views.seen} + excluded.seen`,
          updatedAt: sql`now()`,
          ...(position === undefined ? {} : { positionMs: position }),
        },
      })
      .returning(),
  )
  return { positionMs: row.positionMs, seen: seenRanges(row.seen) }
}
