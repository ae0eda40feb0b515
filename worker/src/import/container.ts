import type { ByteSource } from '@meanwhile/shared/media/boxes'
import { StageFailure } from '../failure.ts'

/** What a file is, by its first bytes: neither its name nor what a browser says of it counts (RELIABILITY B52). */
export type Container = 'mp4' | 'matroska' | 'mp3' | 'wav' | 'ogg' | 'flac' | 'adts'

const firstBoxes = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'styp', 'pnot'])
const textOf = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

/** A frame of MPEG audio layer III (ISO/IEC 11172-3 §2.4.2.3) or of AAC in ADTS, by the bits behind its sync word. */
function audioFrame(first = 0, second = 0): Container | null {
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return null
  if ((second & 0xf6) === 0xf0) return 'adts'
  return (second & 0x18) !== 0x08 && (second & 0x06) === 0x02 ? 'mp3' : null
}

/** The container whose first bytes these are; null when it is none that we read. */
export function containerOf(head: Uint8Array): Container | null {
  const four = textOf(head, 0, 4)
  if (four === '\x1a\x45\xdf\xa3') return 'matroska'
  if ((four === 'RIFF' || four === 'RF64') && textOf(head, 8, 12) === 'WAVE') return 'wav'
  if (four === 'OggS') return 'ogg'
  if (four === 'fLaC') return 'flac'
  if (firstBoxes.has(textOf(head, 4, 8))) return 'mp4'
  return audioFrame(head[0], head[1])
}

/** Where an ID3 tag ends that stands before the sound; its size is four times seven bits. 0 when there is none. */
function endOfTag(head: Uint8Array): number {
  if (textOf(head, 0, 3) !== 'ID3') return 0
  return 10 + [6, 7, 8, 9].reduce((size, at) => size * 128 + ((head[at] ?? 0) & 0x7f), 0)
}

const lists = [
  /^#EXTM3U/,
  /^ffconcat/,
  /^v=0\r?\n/,
  /^<\?xml[^>]*>\s*<(MPD|smil|asx|playlist)/i,
  /^<(MPD|smil|asx)/i,
  /^\[(playlist|reference)\]/i,
]
const others: [RegExp, string][] = [
  [/^RIFF.{4}AVI /s, 'An AVI file'],
  [/^\x30\x26\xb2\x75/, 'A Windows Media file'],
  [/^FLV./s, 'A Flash video'],
  [/^G.{187}G/s, 'A transport stream (TS)'],
  [/^GIF8/, 'A GIF picture'],
  [/^(\xff\xd8\xff|\x89PNG|BM)/, 'A picture'],
  [/^%PDF/, 'A PDF document'],
  [/^PK../s, 'A ZIP file'],
]

/** Why a file is refused whose container is none that we read. */
function refusal(head: Uint8Array): string {
  const text = textOf(head, 0, Math.min(head.length, 512))
  if (lists.some((pattern) => pattern.test(text.trimStart())))
    return 'This is a list of addresses of videos, not a video. Upload the video itself.'
  const known = others.find(([pattern]) => pattern.test(text))?.[1]
  if (known) return `${known} cannot be imported. Save it as MP4, MOV, WebM or MKV, then upload that.`
  return 'This is not a video or audio file that can be imported: MP4, MOV, WebM, MKV, MP3, M4A, AAC, WAV, OGG or FLAC.'
}

const refused = (sentence: string) => new StageFailure(sentence, { isFinal: true })

/** Finds out what a file is. @throws {StageFailure} when it is empty, or nothing that we read */
export async function findContainer(file: ByteSource): Promise<Container> {
  if (file.sizeBytes === 0) throw refused('The file is empty.')
  const head = await file.read(0, Math.min(file.sizeBytes, 1024))
  const tagEnd = endOfTag(head)
  // A tag may stand before MP3, AAC and FLAC; what follows it says which, but some writers fill up with zeros.
  const behind =
    tagEnd > 0 && tagEnd + 4 <= file.sizeBytes ? await file.read(tagEnd, Math.min(1024, file.sizeBytes - tagEnd)) : null
  const found = tagEnd > 0 ? (behind && containerOf(behind)) || 'mp3' : containerOf(head)
  if (!found) throw refused(refusal(head))
  return found
}
