import type { StageName } from '@meanwhile/shared/contract/videos'
import type { Db } from '@meanwhile/shared/db/client'
import type { ByteRangeIndex } from '@meanwhile/shared/media/playlist'
import type { Log } from '@meanwhile/shared/platform/log'
import type { Storage } from '@meanwhile/shared/platform/storage'
import type { Ffmpeg } from '../ffmpeg/run.ts'

/** What one attempt at a stage has to work with. `dir` is its own folder, removed behind it; `onProgress` takes 0 to 1. */
export type Work = {
  videoId: string
  dir: string
  signal: AbortSignal
  db: Db
  storage: Storage
  ffmpeg: Ffmpeg
  log: Log
  onProgress: (fraction: number) => void
  /** Runs `change` in a transaction through which nobody else can take the stage. @throws {LeaseLostError} */
  whileHeld<T>(change: (tx: Db) => Promise<T>): Promise<T>
}

/** A file that a stage made and checked, to be published under `name`; the file's own name becomes that of its object. */
export type Made = {
  name: string
  file: string
  width?: number
  height?: number
  durationMs?: number
  codecs?: string
  /** Of a rendition: the same again as HLS segments in one file. */
  hls?: { file: string; index: ByteRangeIndex }
}

/** Files, and what else is written down when they are published; it answers the keys of objects that nobody needs then. */
export type Outcome = { made: Made[]; also(tx: Db): Promise<string[]> }

/** The work of a stage, without its state: it may run twice. @throws {StageFailure} with a sentence for the author */
export type Stage = (work: Work) => Promise<Made[] | Outcome>
/** A stage that is not among them is left for a worker that knows it: one of a newer version. */
export type Stages = Partial<Record<StageName, Stage>>
