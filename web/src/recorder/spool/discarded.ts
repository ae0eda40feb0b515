import { quietly } from '../upload/persistently.ts'
import type { RecordedName } from '../upload/update-api.ts'
import { type Spool, takeOverSpool } from './spool.ts'
import type { SpoolNote } from './spool-note.ts'
import type { SpoolStore } from './spool-store.ts'
import { type SpooledRecording, spooledRecordings } from './spooled-recordings.ts'

/** What the person threw away and could still have back, the latest first. */
export async function discardedRecordings(userId: string): Promise<SpooledRecording[]> {
  const all = await spooledRecordings(userId)
  return all.filter(({ note }) => note.discarded).reverse()
}

/** Makes it a recording that waits to be sent, under an id of its own: what had the one before was deleted. False when it is gone. */
export async function restoreDiscarded(spoolId: string): Promise<boolean> {
  const spool = await takeOverSpool(spoolId)
  if (!spool) return false
  await spool.forgetServer()
  await spool.change({ discarded: false, withdrawn: false, live: false, update: null, updateId: crypto.randomUUID() })
  await spool.release()
  return true
}

export type WithdrawNeeds = {
  /** Deletes on the server what the recording belongs to; that it does not exist is fine. */
  deleteRecorded(note: RecordedName): Promise<unknown>
}

/** Updates that this tab is telling the server about. */
const underWay = new Set<string>()

/**
 * Tells the server that this was thrown away, and gives the spool back. What the server does not hear of it publishes in time, so after a failure
 * it is told in the background until it has heard; meanwhile the spool is free to be restored, under another id.
 */
export async function withdraw(spool: Spool, { deleteRecorded }: WithdrawNeeds, store?: SpoolStore): Promise<void> {
  const { note } = spool
  if (note.withdrawn || underWay.has(note.updateId)) return spool.release()
  const tell = () => deleteRecorded(note).then(() => true)
  if (await tell().catch(() => false)) return noteWithdrawn(spool)
  underWay.add(note.updateId)
  await spool.release()
  void tellOn(note, tell, store).finally(() => underWay.delete(note.updateId))
}

async function tellOn({ spoolId, updateId }: SpoolNote, tell: () => Promise<boolean>, store?: SpoolStore) {
  if (!(await quietly(tell))) return
  const spool = await takeOverSpool(spoolId, undefined, store).catch(() => null)
  await (spool?.note.updateId === updateId ? noteWithdrawn(spool) : spool?.release())
}

/** Of what has nothing to see or hear there is nothing to restore. */
async function noteWithdrawn(spool: Spool) {
  await spool.change({ withdrawn: true })
  await (spool.isEmpty ? spool.remove() : spool.release())
}

/** Deletes for good what was thrown away and the server knows about. */
export async function dropDiscarded(userId: string): Promise<void> {
  for (const { note } of await discardedRecordings(userId)) {
    if (!note.withdrawn) continue
    const spool = await takeOverSpool(note.spoolId)
    await spool?.remove()
  }
}
