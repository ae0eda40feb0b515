import type { readVideo } from '@meanwhile/shared/contract/videos'
import { call } from '../api.ts'
import { RecordingError } from '../recorder/recording-problem.ts'
import { backOff, type Pause, persistently } from '../recorder/upload/persistently.ts'
import { createUpdate, deleteUpdate, type RecordedUpdate } from '../recorder/upload/update-api.ts'
import { uploadApiOf } from '../recorder/upload/upload-api.ts'
import { type UploadSource, upload } from '../recorder/upload/uploader.ts'
import { CutError, type Cutter, openCutter } from './cut/open-cutter.ts'
import { cutSource } from './cut-source.ts'
import { ImportError } from './import-problem.ts'
import { mostBytes, partsSource } from './parts-source.ts'
import type { PendingImport } from './pending.ts'

/** What a person is told meanwhile; shares are 0 to 1. */
export type ImportNews = {
  onUpdate(update: RecordedUpdate): void
  onSent(share: number): void
  onTrouble(title: string | null): void
  onProcessing(share: number): void
  /** It begins anew under another id: what was cut before is no beginning of this. */
  onAnew(updateId: string): void
}
export type ImportOptions = ImportNews & { signal: AbortSignal; pause?: Pause }
type Run = Required<Pick<ImportOptions, 'signal' | 'pause'>> & ImportNews & { as: string }

const lookAgainMs = 1_500

/** Sends a source under an update. Throws RecordingError or ImportError. */
const send = (source: UploadSource, { videoId }: RecordedUpdate, { signal, pause, onTrouble, as }: Run) =>
  upload(source, videoId, uploadApiOf(as), { signal, pause, onProgress: ({ trouble }) => onTrouble(trouble) })

const begin = (pending: PendingImport, run: Run) =>
  persistently(() => {
    const { updateId, title, channelId = null, candidateAnswer, startedAt } = pending
    const answer = candidateAnswer && { candidateAnswer }
    return createUpdate({ updateId, title, channelId, startedAt, ...answer, tracks: ['main'], imported: true }, run.as)
  }, run)

/** Cuts here and sends. False when the rest has to be done by the server, from the beginning. */
async function sendCut(cutter: Cutter, update: RecordedUpdate, run: Run): Promise<boolean> {
  const { tracks } = await persistently(() => uploadApiOf(run.as).readUpload(update.videoId, run.signal), run)
  try {
    await send(cutSource(cutter, tracks.main?.ranges ?? [], run.onSent), update, run)
    return true
  } catch (error) {
    run.signal.throwIfAborted()
    const isOtherCut = error instanceof RecordingError && error.problem.name === 'segment-conflict'
    if (!(error instanceof CutError) && !isOtherCut) throw error
    return false
  } finally {
    cutter.close()
  }
}

/** Waits until the server has made segments of the file. Resolves to what there is to say about it. Throws ImportError. */
async function waitForWorker({ videoId }: RecordedUpdate, run: Run): Promise<string | null> {
  for (;;) {
    const params = { videoId }
    const { stages, finishedAt } = await persistently(
      () => call<typeof readVideo>('GET', '/api/videos/:videoId', { params, as: run.as, signal: run.signal }),
      run,
    )
    const stage = stages.find(({ name }) => name === 'import')
    if (stage?.state === 'failed') throw new ImportError('processing', stage.error ?? undefined)
    if (finishedAt) return stage?.error ?? null
    run.onProcessing(stage?.progress ?? 0)
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
    run.signal.throwIfAborted()
  }
}

/**
 * Uploads a file of a person: cut into segments here where its picture can be copied, so that it plays as soon as it has arrived; else as it is, in
 * parts, for the server to cut. What the server has from before is not sent again. Resolves to a remark on the file, if there is one.
 * Throws RecordingError or ImportError, or the signal's reason.
 */
export async function importFile(file: File, pending: PendingImport, as: string, options: ImportOptions): Promise<string | null> {
  const run = { pause: backOff, as, ...options }
  if (file.size === 0) throw new ImportError('empty')
  if (file.size > mostBytes) throw new ImportError('too-large')
  const cutter = await openCutter(file, run.signal)
  let update = await begin(pending, run)
  run.onUpdate(update)
  if (cutter) {
    if (await sendCut(cutter, update, run)) return null
    await persistently(() => deleteUpdate(update.id, as), run)
    const anew = { ...pending, updateId: crypto.randomUUID() }
    run.onAnew(anew.updateId)
    run.onSent(0)
    update = await begin(anew, run)
    run.onUpdate(update)
  }
  await send(partsSource(file, run.onSent), update, run)
  return waitForWorker(update, run)
}
