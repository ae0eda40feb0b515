import { expect, test } from 'vitest'
import { boxesIn, CmafError, topLevelBoxes } from './boxes.ts'

const source = (bytes: Uint8Array) => ({
  sizeBytes: bytes.length,
  read: async (offset: number, length: number) => bytes.slice(offset, offset + length),
})
const box = (type: string, body: number[] = [], size = body.length + 8) =>
  new Uint8Array([size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255, ...new TextEncoder().encode(type), ...body])

async function typesOf(bytes: Uint8Array) {
  const types: string[] = []
  for await (const { type, bodyLength } of topLevelBoxes(source(bytes))) types.push(`${type} ${bodyLength}`)
  return types
}

test('boxes are walked without reading their bodies; 64-bit sizes and a last box to the end count', async () => {
  const large = new Uint8Array([0, 0, 0, 1, ...new TextEncoder().encode('mdat'), 0, 0, 0, 0, 0, 0, 0, 18, 7, 7])
  expect(await typesOf(new Uint8Array([...box('styp', [1, 2]), ...large, ...box('free', [9], 0)]))).toEqual([
    'styp 2',
    'mdat 2',
    'free 1',
  ])
})

test.each([
  ['a size below a header', box('moof', [], 4), /impossible/],
  ['a size past the end', box('moof', [], 2 ** 31 - 1), /cut off/],
  ['half a header', box('moof').slice(0, 6), /middle of a box/],
  ['a type that is no text', new Uint8Array([0, 0, 0, 8, 1, 2, 3, 4]), /no ISO BMFF/],
])('%s is refused', async (_what, bytes, reason) => {
  await expect(typesOf(bytes)).rejects.toThrow(reason)
})

test('boxes inside a box are bounded by it', () => {
  const body = new DataView(box('tfhd', [1, 2, 3, 4], 400).buffer)
  expect(() => boxesIn(body)).toThrow(CmafError)
})

test('twenty thousand boxes in a box are refused', () => {
  const many = new Uint8Array(20_000 * 8)
  for (let at = 0; at < many.length; at += 8) many.set(box('free'), at)
  expect(() => boxesIn(new DataView(many.buffer))).toThrow(/too many/)
})
