import { SpoolContents } from './spool-contents.ts'
import { aliveLimitMs, hasLocks } from './spool-lock.ts'
import type { SpoolNote } from './spool-note.ts'
import { type SpoolStore, spoolStore } from './spool-store.ts'

/** A recording of somebody's that is on this device. */
export type SpooledRecording = { note: SpoolNote; deviceMs: number; sizeBytes: number }

/** What is on this device of a person, oldest first: also what other tabs are busy with, which their locks tell. */
export async function spooledRecordings(userId: string, opened?: SpoolStore): Promise<SpooledRecording[]> {
  const store = opened ?? (await spoolStore())
  const found: SpooledRecording[] = []
  for (const spoolId of await store.spoolIds()) {
    // One that the disk does not give out hides no other.
    const contents = new SpoolContents(await store.lines(spoolId).catch(() => []))
    const { note, deviceMs, sizeBytes, aliveAt } = contents
    const alive = !hasLocks() && Date.now() - aliveAt < aliveLimitMs
    if (note?.userId === userId && !alive) found.push({ note, deviceMs, sizeBytes })
  }
  return found.sort((a, b) => a.note.startedAt - b.note.startedAt)
}
