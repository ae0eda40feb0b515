import type { SpoolTrack } from '../segment.ts'
import type { SpoolLine } from './spool-note.ts'

export type SegmentLine = Extract<SpoolLine, { segment: unknown }>
/** What is said of a draft: the same as of a segment. */
export type Draft = SegmentLine
export type KeptDraft = Draft & { bytes: Uint8Array<ArrayBuffer> }

/**
 * Where spools are kept. What a method has written is there after a crash of the tab or the browser once its promise resolves; notes and
 * segments after a power failure as well.
 */
export type SpoolStore = {
  readonly kind: 'opfs' | 'indexeddb' | 'nowhere'
  spoolIds(): Promise<string[]>
  /** The log of a spool, oldest line first, without a line that a crash has torn; empty when there is none. */
  lines(spoolId: string): Promise<SpoolLine[]>
  write(spoolId: string, line: SpoolLine): Promise<void>
  /** Keeps the bytes first, then the line that tells of them. Throws QuotaExceededError when there is no room. It may never resolve. */
  append(spoolId: string, line: SegmentLine, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** Keeps a draft of a track in the place of the one before. It may be gone, or torn, after a power failure. */
  keepDraft(spoolId: string, draft: Draft, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** The last draft of a track; null when there is none. */
  draft(spoolId: string, track: SpoolTrack): Promise<KeptDraft | null>
  /** The bytes of a segment, not yet read into memory where the browser can help it; null when they are gone. */
  body(spoolId: string, track: SpoolTrack, number: number): Promise<Blob | null>
  /** Gives up the bytes of a segment. */
  drop(spoolId: string, track: SpoolTrack, number: number): Promise<void>
  /** Lets go of what is open, so that another tab can go on. */
  close(spoolId: string): Promise<void>
  remove(spoolId: string): Promise<void>
}

/** For a browser that keeps nothing (some private windows): every segment waits in the memory of the tab. */
export const nowhere: SpoolStore = {
  kind: 'nowhere',
  spoolIds: async () => [],
  lines: async () => [],
  write: async () => {},
  append: () => Promise.reject(new DOMException('nothing can be kept here', 'QuotaExceededError')),
  keepDraft: async () => {},
  draft: async () => null,
  body: async () => null,
  drop: async () => {},
  close: async () => {},
  remove: async () => {},
}

let opened: Promise<SpoolStore> | undefined

/** The best store that this browser has. */
export const spoolStore = (): Promise<SpoolStore> => {
  opened ??= firstThatOpens()
  return opened
}

async function firstThatOpens(): Promise<SpoolStore> {
  const inFiles = async () => (await import('./spool-opfs.ts')).openOpfsStore()
  const inDatabase = async () => (await import('./spool-indexeddb.ts')).openIndexedDbStore()
  return inFiles()
    .catch(inDatabase)
    .catch(() => nowhere)
}
