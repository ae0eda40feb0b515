import type { ByteSource } from '@meanwhile/shared/media/boxes'
import { expect, test } from 'vitest'
import { findContainer } from './container.ts'

const file = (...parts: (string | number[])[]): ByteSource => {
  const bytes = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))
  return { sizeBytes: bytes.length, read: async (from, length) => new Uint8Array(bytes.subarray(from, from + length)) }
}
/** A tag of `length` bytes that stands before the sound. */
const tag = (length: number): (string | number[])[] => [
  'ID3',
  [4, 0, 0, 0, 0, length >> 7, length & 0x7f],
  Array.from({ length }, () => 0),
]

test.each([
  { what: 'mp4', source: file([0, 0, 0, 24], 'ftypisom....') },
  { what: 'mp4', source: file([0, 0, 0, 8], 'wide', [0, 0, 1, 0], 'mdat') },
  { what: 'matroska', source: file([0x1a, 0x45, 0xdf, 0xa3, 0x9f]) },
  { what: 'wav', source: file('RIFF....WAVEfmt ') },
  { what: 'ogg', source: file('OggS....') },
  { what: 'flac', source: file('fLaC....') },
  { what: 'mp3', source: file([0xff, 0xfb, 0x90, 0x64]) },
  { what: 'adts', source: file([0xff, 0xf1, 0x50, 0x80]) },
  { what: 'mp3', source: file(...tag(300), [0xff, 0xfb, 0x90, 0x64]) },
  { what: 'adts', source: file(...tag(300), [0xff, 0xf1, 0x50, 0x80]) },
  { what: 'flac', source: file(...tag(2000), 'fLaC....') },
])('$what is told by its first bytes', async ({ what, source }) => {
  expect(await findContainer(source)).toBe(what)
})

test.each([
  { what: 'nothing', source: file(), reason: 'The file is empty.' },
  { what: 'AVI', source: file('RIFF....AVI LIST'), reason: /^An AVI file cannot be imported/ },
  { what: 'a picture', source: file('GIF89a......'), reason: /^A GIF picture cannot be imported/ },
  { what: 'a program', source: file('MZ......................'), reason: /^This is not a video or audio file/ },
  { what: 'a playlist', source: file('\r\n#EXTM3U\n'), reason: /^This is a list of addresses/ },
  { what: 'a smil document', source: file('<smil><body/></smil>'), reason: /^This is a list of addresses/ },
])('$what is refused with a reason, and for good', async ({ source, reason }) => {
  await expect(findContainer(source)).rejects.toMatchObject({ message: expect.stringMatching(reason), isFinal: true })
})
