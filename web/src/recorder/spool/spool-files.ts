import type { SpoolTrack } from '../segment.ts'
import type { SpoolLine } from './spool-note.ts'
import type { Draft, KeptDraft } from './spool-store.ts'

/** How spools lie in the Origin Private File System: a folder each, with a log and a file per segment. */
export const spoolsFolder = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle('spools', { create: true })

export const logName = 'log.jsonl'
export const segmentName = (track: SpoolTrack, number: number): string => `${track}-${String(number).padStart(6, '0')}`

export const draftName = (track: SpoolTrack): string => `${track}-draft`

/** A draft as one file: its facts on the first line, then its bytes. */
export const draftBytes = (draft: Draft, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> =>
  new Blob([`${JSON.stringify(draft)}\n`, bytes]).arrayBuffer()

/** Null when a crash has torn its first line; whether its bytes are whole tells their SHA-256. */
export async function parseDraft(file: Blob): Promise<KeptDraft | null> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const end = bytes.indexOf(10)
  try {
    const draft = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as Draft
    return { ...draft, bytes: bytes.slice(end + 1) }
  } catch {
    return null
  }
}

/** A line that a crash has torn is the last one, and is left out. */
export function parseLog(text: string): SpoolLine[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as SpoolLine]
    } catch {
      return []
    }
  })
}
