import type { Cue } from '@meanwhile/shared/media/captions'
import type { Log } from '@meanwhile/shared/platform/log'

/** A sound to be written down: a WAV of one channel, 16 kHz and 16 bits. `dir` is a folder of the task. */
export type Speech = { file: string; durationMs: number; dir: string; signal: AbortSignal; log: Log }

/** What was said: its language (BCP 47, `und` when nobody knows), and cues on the clock of the sound. */
export type Spoken = { language: string; cues: Cue[] }

/** Something that writes down what is said. */
export type Transcriber = {
  /** The longest sound that it takes at once, in ms; null for any. */
  longestMs: number | null
  /** @throws {StageFailure} with a sentence for the author, or the signal's reason */
  transcribe(speech: Speech): Promise<Spoken>
}
