import type { SpoolTrack } from '../segment.ts'
import type { SpoolLine } from './spool-note.ts'
import type { SegmentLine } from './spool-store.ts'

/** What the page asks of the worker that holds the files. */
export type SpoolOrder =
  | { type: 'check' }
  | { type: 'write'; spoolId: string; line: SpoolLine }
  | { type: 'append'; spoolId: string; line: SegmentLine; bytes: Uint8Array<ArrayBuffer> }
  | { type: 'draft'; spoolId: string; track: SpoolTrack; bytes: ArrayBuffer }
  | { type: 'drop'; spoolId: string; track: SpoolTrack; number: number }
  | { type: 'close'; spoolId: string }
  | { type: 'remove'; spoolId: string }
export type NumberedOrder = SpoolOrder & { order: number }

/** `failure` is the name and the message of the error. */
export type SpoolAnswer = { order: number; failure: [name: string, message: string] | null }
