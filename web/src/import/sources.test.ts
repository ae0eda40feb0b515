import { expect, test } from 'vitest'
import { storageOf } from '../browser-storage.fake.ts'
import type { Segment } from '../recorder/segment.ts'
import type { SpooledSegment } from '../recorder/spool/spool.ts'
import type { Cutter } from './cut/open-cutter.ts'
import { cutSource } from './cut-source.ts'
import { partBytesOf, partsSource } from './parts-source.ts'
import { PendingImports } from './pending.ts'

const numbersOf = async (items: AsyncIterable<SpooledSegment>, each = async (_: SpooledSegment) => {}) => {
  const numbers: number[] = []
  for await (const item of items) {
    numbers.push(item.number)
    await each(item)
  }
  return numbers
}

test('a file is read by reference in parts, and what the server has is left out', async () => {
  const file = new File([new Uint8Array(20 * 1024 * 1024)], 'a.mkv')
  const shares: number[] = []
  const source = partsSource(file, (share) => shares.push(share))
  expect(source.totals.file).toEqual({ segments: 3, durationMs: 0, sizeBytes: file.size })
  await source.confirm('file', 2)
  const sizes: number[] = []
  expect(await numbersOf(source.read(), async ({ sizeBytes }) => void sizes.push(sizeBytes))).toEqual([1, 3])
  expect(sizes).toEqual([8 * 1024 ** 2, 4 * 1024 ** 2])
  expect(shares).toEqual([1 / 3])
})

test('a file of any size fits into as many parts as the server takes', () => {
  expect(partBytesOf(1)).toBe(8 * 1024 ** 2)
  expect(300e9 / partBytesOf(300e9)).toBeLessThan(10_000)
})

function cutterOf(count: number): Cutter & { taken: number } {
  const cutter = {
    durationMs: count * 2_000,
    taken: 0,
    async next(): Promise<Segment | null> {
      const number = cutter.taken++
      return number > count
        ? null
        : { track: 'main', number, bytes: new Uint8Array([number]), durationMs: number === 0 ? 0 : 2_000 }
    },
    close() {},
  }
  return cutter
}

test('a segment is cut when there is room to send it', async () => {
  const cutter = cutterOf(5)
  const reading = cutSource(cutter, [], () => {})
    .read()
    [Symbol.asyncIterator]()
  await reading.next()
  await reading.next()
  expect(cutter.taken).toBe(2)
})

test('what the server has is cut again and not sent again, except for what shows that the cuts are the same', async () => {
  let share = 0
  const source = cutSource(cutterOf(10), [[0, 8]], (now) => {
    share = now
  })
  expect(await numbersOf(source.read(), ({ track, number }) => source.confirm(track, number))).toEqual([0, 1, 4, 8, 9, 10])
  expect(share).toBe(1)
  expect(source.totals.main).toEqual({ segments: 10, durationMs: 20_000, sizeBytes: 11 })
})

test('a browser remembers what was begun, per person, whatever is in its storage', () => {
  const kept = new Map<string, string>([['meanwhile.imports.ben', '{"broken']])
  const store = storageOf(kept)
  const one = { updateId: 'u', title: 'A', startedAt: 1, name: 'a.mp4', sizeBytes: 1, lastModified: 1, fingerprint: 'f' }
  const ada = new PendingImports(store, 'ada')
  ada.keep(one)
  ada.keep({ ...one, title: 'B' })
  expect(ada.all()).toEqual([{ ...one, title: 'B' }])
  expect(new PendingImports(store, 'ben').all()).toEqual([])
  ada.forget('u')
  expect(ada.all()).toEqual([])
})
