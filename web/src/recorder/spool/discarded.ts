import { takeOverSpool } from './spool.ts'
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

/** Deletes for good what was thrown away and the server knows about. */
export async function dropDiscarded(userId: string): Promise<void> {
  for (const { note } of await discardedRecordings(userId)) {
    if (!note.withdrawn) continue
    const spool = await takeOverSpool(note.spoolId)
    await spool?.remove()
  }
}
