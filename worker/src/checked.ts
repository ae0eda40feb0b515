import type { Track } from '@meanwhile/shared/contract/videos'
import { videos } from '@meanwhile/shared/db/schema/videos'
import { eq, sql } from 'drizzle-orm'
import type { Part, TrackLedger } from './ledger.ts'
import { bytesOf } from './source.ts'
import type { Work } from './stages/stage.ts'

/** Remembers which parts were compared with the ledger. */
export type Checked = {
  add(part: Part): void
  /** `add`, and `then` behind it. */
  also(then: () => void): (part: Part) => void
  has(part: Part): boolean
}

export function rememberChecked(): Checked {
  const seen = new Set<string>()
  const name = ({ track, number }: Part) => `${track}/${number}`
  const add = (part: Part) => void seen.add(name(part))
  return {
    add,
    also: (then) => (part) => {
      add(part)
      then()
    },
    has: (part) => seen.has(name(part)),
  }
}

/**
 * Compares what no file needed, an init segment that nothing followed for one, and writes down how many segments of the tracks are as
 * they arrived; those that were filled in did not. @throws as `bytesOf`
 */
export async function writeChecked(
  { db, storage, videoId, signal }: Work,
  ledgers: TrackLedger[],
  checked: Checked,
): Promise<void> {
  const counts: Partial<Record<Track, number>> = {}
  for (const { track, all } of ledgers) {
    const left = all.filter((part) => !checked.has(part))
    for await (const _bytes of bytesOf(storage, videoId, left, checked.add)) signal.throwIfAborted()
    counts[track] = all.filter((part) => part.number > 0 && !part.filled && checked.has(part)).length
  }
  await db
    .update(videos)
    .set({ checked: sql`coalesce(${videos.checked}, '{}'::jsonb) || ${JSON.stringify(counts)}::jsonb` })
    .where(eq(videos.id, videoId))
}
