import type { SpoolTrack } from './segment.ts'
import type { SpoolLine } from './spool-note.ts'

/** How spools lie in the Origin Private File System: a folder each, with a log and a file per segment. */
export const spoolsFolder = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle('spools', { create: true })

export const logName = 'log.jsonl'
export const segmentName = (track: SpoolTrack, number: number): string => `${track}-${String(number).padStart(6, '0')}`

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
