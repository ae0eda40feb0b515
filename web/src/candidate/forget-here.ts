import { PendingImports } from '../import/pending.ts'
import { behalfOf } from '../recorder/spool/spool-note.ts'
import { spoolStore } from '../recorder/spool/spool-store.ts'
import { spooledRecordings } from '../recorder/spool/spooled-recordings.ts'
import { forgetPath } from './open-memory.ts'
import { WrittenDrafts } from './written-drafts.ts'

/** Deletes what this device keeps of a candidate: recordings that were not sent, what was written and not saved. */
export async function forgetHere(candidateId: string, workspaceId: string): Promise<void> {
  forgetPath(localStorage, location.pathname)
  new WrittenDrafts(candidateId).forgetAll()
  const pending = new PendingImports(localStorage, behalfOf({ userId: candidateId, workspaceId }))
  for (const { updateId } of pending.all()) pending.forget(updateId)
  const store = await spoolStore()
  for (const { note } of await spooledRecordings(candidateId)) await store.remove(note.spoolId).catch(() => undefined)
}
