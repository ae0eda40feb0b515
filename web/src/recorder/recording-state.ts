import type { Capture, Choice } from './capture.ts'
import type { EncoderOptions, EncoderTracks, Encoding } from './encoder.ts'
import type { Pause } from './persistently.ts'
import type { RecordingProblem } from './recording-problem.ts'
import type { Spool } from './spool.ts'
import type { RecordedUpdate } from './update-api.ts'
import type { UploadOptions } from './uploader.ts'

export type RecordingState =
  | { name: 'idle' }
  | { name: 'countdown'; seconds: number }
  /** `since` is a moment of `performance.now()`, `elapsedMs` what had been recorded by then. */
  | { name: 'recording'; since: number; elapsedMs: number }
  | { name: 'paused'; elapsedMs: number }
  | { name: 'sending'; sent: number; total: number }
  | { name: 'done'; updateId: string }
  | { name: 'failed'; problem: RecordingProblem; recoverable: boolean }

export type RecordingNeeds = {
  /** Null when the person thought better of it; throws RecordingError. */
  acquire(choice: Choice): Promise<Capture | null>
  encode(tracks: EncoderTracks, options: EncoderOptions): Encoding
  openSpool(videoId: string): Promise<Spool>
  upload(spool: Spool, options: UploadOptions): Promise<void>
  createUpdate(title: string): Promise<RecordedUpdate>
  deleteUpdate(updateId: string): Promise<unknown>
  now?(): number
  pause?: Pause
}
