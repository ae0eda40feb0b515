import { expect, test } from 'vitest'
import { scanPicture } from './reorder.ts'

/** Groups of pictures in the order of decoding; the first of each is a key frame. */
function scanned(...groups: number[][]) {
  const scan = scanPicture()
  for (const group of groups) for (const [index, timestamp] of group.entries()) scan.add({ timestamp, isKey: index === 0 })
  return scan.end()
}

test('frames in order are not delayed', () => {
  expect(scanned([0, 1, 2, 3], [4, 5])).toEqual({
    first: 0,
    last: 5,
    longestKeyGap: 4,
    delay: 0,
    startsWithKey: true,
    isOpen: false,
  })
})

test('frames that were reordered are delayed by as much as one is decoded too late', () => {
  expect(scanned([0, 4, 2, 1, 3])).toMatchObject({ delay: 2, last: 4, isOpen: false })
})

test('a group that leans on the one before is told', () => {
  expect(scanned([0, 1, 2], [5, 3, 4])?.isOpen).toBe(true)
})

test('the last key frame may be too long ago', () => {
  expect(scanned([0, 1], [2, 3, 4, 20])?.longestKeyGap).toBe(18)
})

test('nothing is nothing', () => expect(scanPicture().end()).toBeNull())
