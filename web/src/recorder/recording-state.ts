import type { BubbleLayout } from '@meanwhile/shared/contract/edits'
import type { Capture, Choice } from './capture/capture.ts'
import type { EncoderOptions, EncoderTracks, Encoding } from './encoding/encoder.ts'
import type { RecordingProblem } from './recording-problem.ts'
import type { WithdrawNeeds } from './spool/discarded.ts'
import type { Spool } from './spool/spool.ts'
import type { Answered, SpoolNote } from './spool/spool-note.ts'
import type { SpoolStore } from './spool/spool-store.ts'
import type { StorageRoom } from './spool/storage-room.ts'
import type { SendOptions } from './upload/send-recording.ts'

export type RecordingState =
  | { name: 'idle' }
  /** 0 while the first picture is awaited and nothing is counted down. */
  | { name: 'countdown'; seconds: number }
  /** `since` is a moment of `performance.now()`, `elapsedMs` what had been recorded by then. */
  | { name: 'recording'; since: number; elapsedMs: number }
  | { name: 'paused'; elapsedMs: number }
  | { name: 'sending'; sent: number; total: number }
  | { name: 'done'; updateId: string }
  | { name: 'failed'; problem: RecordingProblem; recoverable: boolean }

/** What a recording is started with. `countdownSeconds` is 3 when it is left out; 0 starts at once. */
export type RecordingPlan = {
  title: string
  answers?: Answered
  /** Null is the whole workspace. */
  channelId?: string | null
  live?: boolean
  round?: SpoolNote['round']
  pairingId?: string
  positionId?: string
  candidateAnswer?: SpoolNote['candidateAnswer']
  /** What is asked: chapters begin with the first of them, and a marker with each that follows. */
  questions?: readonly string[]
  countdownSeconds?: number
  layout?: BubbleLayout | null
}

export type RecordingNeeds = WithdrawNeeds & {
  /** Who records: nobody else's tab touches what is kept on this device. */
  userId: string
  /** Which of their workspaces it is for. */
  workspaceId: string
  /** Null when the person thought better of it; throws RecordingError. */
  acquire(choice: Choice): Promise<Capture | null>
  encode(tracks: EncoderTracks, options: EncoderOptions): Encoding
  openSpool(note: SpoolNote, store?: SpoolStore): Promise<Spool>
  /** Creates the update, sends what comes into the spool, finishes, and deletes the spool. Throws RecordingError. */
  send(spool: Spool, options: SendOptions): Promise<void>
  /** Deletes what was thrown away before: it is kept until the next recording starts. */
  dropDiscarded(userId: string): Promise<void>
  /** How much still fits on this device at so many bytes a second; null when the browser does not say. */
  roomLeft(bytesPerSecond: number): Promise<StorageRoom | null>
  now?(): number
}
