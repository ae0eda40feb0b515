import { expect, test } from 'vitest'
import { isTrimmed } from './trimmed.ts'

const words = (...numbers: number[]) => {
  const bytes = Buffer.alloc(numbers.length * 4)
  for (const [index, number] of numbers.entries()) bytes.writeInt32BE(number, index * 4)
  return bytes
}
function box(type: string, ...bodies: Uint8Array[]): Buffer {
  const body = Buffer.concat(bodies)
  return Buffer.concat([words(body.length + 8), Buffer.from(type), body])
}

const usual = 0x10000
/** Of ten seconds: a movie of 1000 ticks a second, a track of 48,000. */
function movie(edits: [lengthTicks: number, fromTicks: number, rate: number][], trackId = 1) {
  const list = box('edts', box('elst', words(0, edits.length, ...edits.flat())))
  const track = [box('tkhd', words(0, 0, 0, trackId)), box('mdia', box('mdhd', words(0, 0, 0, 48_000, 480_000)))]
  const moov = box('moov', box('mvhd', words(0, 0, 0, 1000, 10_000)), box('trak', ...track, ...(edits.length > 0 ? [list] : [])))
  const bytes = Buffer.concat([box('ftyp', Buffer.from('isom')), moov, Buffer.from('trailing bytes')])
  return { sizeBytes: bytes.length, read: async (at: number, length: number) => bytes.subarray(at, at + length) }
}

test.each([
  { what: 'no edit list', edits: [] },
  { what: 'what an encoder begins with cut off', edits: [[9978, 1024, usual]] },
  { what: 'an end that is a packet early', edits: [[9950, 1024, usual]] },
  {
    what: 'a track that begins later',
    edits: [
      [300, -1, usual],
      [10_000, 0, usual],
    ],
  },
  { what: 'all that follows', edits: [[0, 0, usual]] },
] as { what: string; edits: [number, number, number][] }[])('with $what all of it is shown', async ({ edits }) =>
  expect(await isTrimmed(movie(edits), [1])).toBe(false),
)

test.each([
  { what: 'an end cut off', edits: [[7000, 0, usual]] },
  {
    what: 'a piece cut out of the middle',
    edits: [
      [4000, 0, usual],
      [4000, 288_000, usual],
    ],
  },
  { what: 'half the speed', edits: [[10_000, 0, usual / 2]] },
  { what: 'nothing at all', edits: [[10_000, -1, usual]] },
] as { what: string; edits: [number, number, number][] }[])('with $what there is more in it than it shows', async ({ edits }) => {
  expect(await isTrimmed(movie(edits), [1])).toBe(true)
  expect(await isTrimmed(movie(edits, 7), [1])).toBe(false)
})
