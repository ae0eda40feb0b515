import { expect, test } from 'vitest'
import type { SpoolTrack } from '../segment.ts'
import { blobOf, fileNameOf, localCopy } from './local-copy.ts'
import type { SpoolEntry } from './spool-contents.ts'

const entry = (track: SpoolTrack, number: number, durationMs: number, kept = true): SpoolEntry => ({
  track,
  number,
  durationMs,
  kept,
  confirmed: !kept,
  sha256: '',
  sizeBytes: 1,
})
const shape = (entries: SpoolEntry[]) => {
  const { parts, complete } = localCopy(entries)
  return { parts: parts.map(({ track, entries }) => [track, ...entries.map(({ number }) => number)]), complete }
}

test('a recording is one file, its camera another', () => {
  const entries = [entry('main', 0, 0), entry('camera', 0, 0), entry('main', 1, 2000), entry('camera', 1, 2000)]
  expect(shape(entries)).toEqual({
    parts: [
      ['main', 0, 1],
      ['camera', 0, 1],
    ],
    complete: true,
  })
})

test('where the picture was coded anew another file begins', () => {
  const entries = [entry('main', 0, 0), entry('main', 1, 2000), entry('main', 2, 0), entry('main', 3, 2000)]
  expect(shape(entries)).toEqual({
    parts: [
      ['main', 0, 1],
      ['main', 2, 3],
    ],
    complete: true,
  })
  const copy = localCopy(entries)
  expect(copy.parts.map((part) => fileNameOf(part, copy, 'Demo: a/b'))).toEqual(['Demo- a-b part 1.mp4', 'Demo- a-b part 2.mp4'])
})

test('what was given up for want of room is said, and the rest can be played', () => {
  const entries = [entry('main', 0, 0), entry('main', 1, 2000, false), entry('main', 2, 2000), entry('main', 3, 2000)]
  expect(shape(entries)).toEqual({ parts: [['main', 0, 2, 3]], complete: false })
  expect(shape([entry('main', 0, 0, false), entry('main', 1, 2000)])).toEqual({ parts: [], complete: false })
})

test.each([
  ['video/webm;codecs=vp9,opus', 'Talk.webm'],
  ['audio/webm;codecs=opus', 'Talk.webm'],
  ['audio/ogg', 'Talk.ogg'],
  ['audio/mp4', 'Talk.m4a'],
  ['video/mp4', 'Talk.mp4'],
])('a file that a browser wrote as %s is saved as %s', (type, name) => {
  const copy = localCopy([{ ...entry('file', 1, 2000), type }])
  expect(fileNameOf(copy.parts[0]!, copy, 'Talk')).toBe(name)
})

test('an imported file gets its own name and bytes back', async () => {
  const copy = localCopy([entry('file', 1, 0), entry('file', 2, 0)])
  expect(copy.parts).toHaveLength(1)
  expect(fileNameOf(copy.parts[0]!, copy, 'Title', 'talk.mov')).toBe('talk.mov')
  const get = async (_: SpoolTrack, number: number) => ({ ...entry('file', number, 0), body: new Blob([`part ${number} `]) })
  expect(await (await blobOf(copy.parts[0]!, { get })).text()).toBe('part 1 part 2 ')
})
