import { escapedCueText, plainCueText, tidyCueText } from './cue-text.ts'
import { vttTime } from './time-code.ts'

/** What is said in a range of recorded time, as plain text; lines are separated by a line feed. */
export type Cue = { startMs: number; endMs: number; text: string }

export const maxCues = 20_000
export const maxCueLength = 2_000
/** With its tags and character references. */
const maxWritten = 8 * maxCueLength
const maxMs = 86_400_000

/** Captions that cannot be read. `line` is counted from 1; the message is for people and goes on from "Line 3: ". */
export class CaptionsError extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.name = 'CaptionsError'
    this.line = line
  }
}

const utf16 = (bytes: Uint8Array) =>
  bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined

/** The line of the first byte that is not UTF-8. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const at = bytes.indexOf(0x0a, start)
    const end = at === -1 ? bytes.length : at
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end))
    } catch {
      return line
    }
    start = end + 1
  }
  return line
}

/** The text of a file of captions: UTF-8, or UTF-16 that says so by its first two bytes. @throws {CaptionsError} */
export function decodeCaptions(bytes: Uint8Array): string {
  try {
    return new TextDecoder(utf16(bytes) ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new CaptionsError(
      utf16(bytes) ? 1 : firstBadLine(bytes),
      'this is not UTF-8. Save the file as UTF-8, then send it again.',
    )
  }
}

const stamp = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?`
// WebVTT lets settings follow, SubRip coordinates; where a cue lies on the picture is the viewer's choice.
const timing = new RegExp(`^${stamp}\\s*-->\\s*${stamp}(?:\\s.*)?$`)

function momentOf([hours = '0', minutes = '', seconds = '', fraction = '']: (string | undefined)[], line: number): number {
  if (Number(minutes) > 59 || Number(seconds) > 59) throw new CaptionsError(line, 'a time has more than 59 minutes or seconds.')
  const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'))
  if (ms > maxMs) throw new CaptionsError(line, 'a time is later than 24 hours.')
  return ms
}

function timesOf(text: string, line: number): Pick<Cue, 'startMs' | 'endMs'> {
  const found = timing.exec(text.trim())
  if (!found) throw new CaptionsError(line, 'the times cannot be read. They look like this: 00:01:02.500 --> 00:01:04.000')
  const [startMs, endMs] = [momentOf(found.slice(1, 5), line), momentOf(found.slice(5, 9), line)]
  if (endMs <= startMs) throw new CaptionsError(line, 'the end must come after the beginning.')
  return { startMs, endMs }
}

const isTiming = (line: string) => line.includes('-->')
const isNumber = (line: string) => /^\d+$/.test(line.trim())
const isSignature = (line: string | undefined) => line !== undefined && /^WEBVTT(?:[ \t]|$)/.test(line)
/** Comments, styles and regions: nothing of them is kept. */
const isAside = (line: string) => /^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/.test(line)

/** The lines of a file; `number` is counted from 1. */
type Lines = { lines: string[]; at: number }

function skipBlock(file: Lines) {
  while (file.at < file.lines.length && file.lines[file.at]?.trim() !== '') file.at++
}

/** Reads the lines below a timing up to a blank one, or to the next timing where the blank line is missing. */
function readText(file: Lines): string {
  const from = file.at
  while (file.at < file.lines.length) {
    const line = file.lines[file.at] ?? ''
    if (line.trim() === '' || isTiming(line)) break
    file.at++
  }
  // The number of the next cue.
  if (isTiming(file.lines[file.at] ?? '') && file.at > from && isNumber(file.lines[file.at - 1] ?? '')) file.at--
  return file.lines.slice(from, file.at).join('\n')
}

/** Reads from a line that is not blank. @returns null for a block without a cue */
function readBlock(file: Lines): Cue | null {
  const line = file.lines[file.at] ?? ''
  if (isAside(line)) {
    skipBlock(file)
    return null
  }
  if (!isTiming(line)) {
    const next = file.lines[file.at + 1] ?? ''
    const isLeftOver = isNumber(line) && next.trim() === ''
    if (!isTiming(next) && !isLeftOver) throw new CaptionsError(file.at + 1, 'there is text without a time.')
    // An identifier, or a number alone: what is left of an empty cue.
    file.at++
    if (isLeftOver) return null
  }
  const number = file.at + 1
  const times = timesOf(file.lines[file.at++] ?? '', number)
  const written = readText(file)
  const text = written.length > maxWritten ? written : plainCueText(written)
  if (text.length > maxCueLength) throw new CaptionsError(number, `the text has more than ${maxCueLength} characters.`)
  return { ...times, text }
}

/** Cues in their order, those without text left out. */
export const inOrder = (cues: readonly Cue[]): Cue[] =>
  cues
    .map((cue) => ({ ...cue, text: tidyCueText(cue.text) }))
    .filter(({ text }) => text !== '')
    .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)

/**
 * Reads captions in WebVTT or SubRip (SRT), whatever program wrote them: any line ends, a comma or a full stop in times, cues that
 * overlap or come in any order. Texts become plain text; styles, positions and comments are left out.
 * @throws {CaptionsError} with the line that cannot be read
 */
export function parseCaptions(text: string): Cue[] {
  const file: Lines = { lines: text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/), at: 0 }
  if (isSignature(file.lines[0])) {
    file.at = 1
    while (file.at < file.lines.length && file.lines[file.at]?.trim() !== '' && !isTiming(file.lines[file.at] ?? '')) file.at++
  } else if (!file.lines.some(isTiming)) {
    throw new CaptionsError(1, 'this is neither WebVTT nor SubRip (SRT).')
  }
  const cues: Cue[] = []
  while (file.at < file.lines.length) {
    if (file.lines[file.at]?.trim() === '') {
      file.at++
      continue
    }
    const cue = readBlock(file)
    if (cue) cues.push(cue)
    if (cues.length > maxCues) throw new CaptionsError(file.at, `there are more than ${maxCues} cues.`)
  }
  return inOrder(cues)
}

/** Cues as a WebVTT file (W3C WebVTT §4.1): plain text, no tags, no settings. */
export const writeCaptions = (cues: readonly Cue[]): string =>
  [
    'WEBVTT\n',
    ...cues.map(({ startMs, endMs, text }) => `${vttTime(startMs)} --> ${vttTime(endMs)}\n${escapedCueText(text)}\n`),
  ].join('\n')
