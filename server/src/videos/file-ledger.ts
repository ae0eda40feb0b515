import { type Db, schema } from '@meanwhile/shared/db/client'
import { asc, eq } from 'drizzle-orm'

const { fileParts } = schema

/** The numbers of the parts of a file that have arrived, in order, and their size together. */
export async function partsOf(db: Db, videoId: string): Promise<{ numbers: number[]; sizeBytes: number }> {
  const rows = await db
    .select({ number: fileParts.number, sizeBytes: fileParts.sizeBytes })
    .from(fileParts)
    .where(eq(fileParts.videoId, videoId))
    .orderBy(asc(fileParts.number))
  return { numbers: rows.map(({ number }) => number), sizeBytes: rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) }
}

/** Of 1 to `parts`, what has not arrived; at most 1000 numbers. */
export function missingParts(numbers: number[], parts: number): number[] {
  const there = new Set(numbers)
  const missing: number[] = []
  for (let number = 1; number <= parts && missing.length < 1000; number++) if (!there.has(number)) missing.push(number)
  return missing
}
