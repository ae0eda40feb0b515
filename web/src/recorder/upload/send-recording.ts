import type { Spool } from '../spool/spool.ts'
import { behalfOf } from '../spool/spool-note.ts'
import { describe } from './describe.ts'
import { backOff, type Pause, persistently } from './persistently.ts'
import { createRecorded, type RecordedUpdate } from './update-api.ts'
import { uploadApiOf } from './upload-api.ts'
import { type UploadProgress, upload } from './uploader.ts'

export type SendOptions = {
  signal: AbortSignal
  onProgress(progress: UploadProgress): void
  /** The update exists now, and its link can be handed out. */
  onUpdate?(update: RecordedUpdate): void
  pause?: Pause
}

/**
 * Makes an update, or a comment, of a spool: while it is being recorded, after a stop, or on a later visit, it is the same. The spool is
 * deleted once the server has everything. Throws RecordingError when the server will not take it; the spool stays then.
 */
export async function sendRecording(spool: Spool, { signal, onProgress, onUpdate, pause = backOff }: SendOptions): Promise<void> {
  const api = uploadApiOf(behalfOf(spool.note))
  const onTrouble = (trouble: string | null) => onProgress({ sent: spool.sent, total: spool.total, trouble })
  const update = spool.note.update ?? (await persistently(() => createRecorded(spool.note), { signal, pause, onTrouble }))
  if (!spool.note.update) await spool.change({ update })
  signal.throwIfAborted()
  onUpdate?.(update)
  // Who watches live must not see a camera that is not to be shown.
  if (spool.note.live) await describe(update.videoId, spool.note, api, { signal, pause, onTrouble })
  await upload(spool, update.videoId, api, { signal, onProgress, pause })
  // What cannot be deleted now is found complete on the next visit, and deleted then.
  await spool.remove().catch(() => undefined)
}
