import type { SpoolTrack } from '../segment.ts'
import type { Spool } from './spool.ts'
import type { SpoolEntry } from './spool-contents.ts'

/** One file that can be saved: an init segment and what follows it, up to the next init segment. */
export type LocalPart = { track: SpoolTrack; entries: SpoolEntry[]; durationMs: number }
/** `complete` is false when parts of it are on the server alone. */
export type LocalCopy = { parts: LocalPart[]; complete: boolean }

/**
 * The files that a spool can be saved as. A fragmented MP4 is an init segment with its segments behind it, but one file has one init
 * segment: where the picture was coded anew, another file begins.
 */
export function localCopy(entries: readonly SpoolEntry[]): LocalCopy {
  const parts: LocalPart[] = []
  let complete = true
  for (const track of new Set(entries.map((entry) => entry.track))) {
    const inOrder = entries.filter((entry) => entry.track === track).sort((a, b) => a.number - b.number)
    let expected = inOrder[0]?.number ?? 0
    let part: LocalPart | undefined
    let init: SpoolEntry | undefined
    for (const entry of inOrder) {
      if (!entry.kept || entry.number !== expected) complete = false
      expected = entry.number + 1
      const isInit = track !== 'file' && entry.durationMs === 0
      if (isInit) init = entry
      if (!entry.kept) {
        part = undefined
        continue
      }
      if (isInit || !part) {
        // What was given up for want of room leaves a file that begins later.
        const head = isInit || !init?.kept ? [] : [init]
        if (!isInit && track !== 'file' && head.length === 0) continue
        part = { track, entries: [...head], durationMs: 0 }
        parts.push(part)
      }
      part.entries.push(entry)
      part.durationMs += entry.durationMs
    }
  }
  return { parts: parts.filter(({ track, durationMs }) => track === 'file' || durationMs > 0), complete }
}

const endings: Partial<Record<SpoolTrack, string>> = { camera: ' (camera)', audio: ' (sound)' }

/** What a part is called on the disk: no sign that any system forbids in a name. */
export function fileNameOf(part: LocalPart, { parts }: LocalCopy, title: string, name?: string): string {
  if (part.track === 'file' && name) return plain(name)
  const ofTrack = parts.filter(({ track }) => track === part.track)
  const which = ofTrack.length > 1 ? ` part ${ofTrack.indexOf(part) + 1}` : ''
  return `${plain(title)}${endings[part.track] ?? ''}${which}.${formatOf(part.entries[0]?.type)}`
}

/** What a browser writes by itself is not always MP4. */
function formatOf(type = ''): string {
  const [format] = /webm|ogg/.exec(type) ?? []
  return format ?? (type.startsWith('audio/') ? 'm4a' : 'mp4')
}

const plain = (text: string) =>
  text
    .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-')
    .trim()
    .slice(0, 120) || 'Recording'

/** The part as one file. Nothing is read into memory: the browser reads the pieces when it writes them. */
export async function blobOf(part: LocalPart, spool: Pick<Spool, 'get'>): Promise<Blob> {
  const bodies: Blob[] = []
  for (const { track, number } of part.entries) {
    const segment = await spool.get(track, number)
    if (segment) bodies.push(segment.body)
  }
  return new Blob(bodies, { type: part.track === 'file' ? 'application/octet-stream' : 'video/mp4' })
}
