import { expect, test } from 'vitest'
import { joined, seenRanges } from './seen.ts'

test('what plays between two moments has been seen, at any speed', () => {
  const seen = seenRanges()
  for (const ms of [0, 250, 500, 1250]) seen.at(ms)
  expect(seen.take()).toEqual([[0, 1250]])
})

test('a seek leaves a gap', () => {
  const seen = seenRanges()
  seen.at(0)
  seen.at(1000)
  seen.cut()
  seen.at(8000)
  seen.at(9000)
  expect(seen.take()).toEqual([
    [0, 1000],
    [8000, 9000],
  ])
})

test('each report holds what is new, and goes on where the last one ended', () => {
  const seen = seenRanges()
  seen.at(0)
  seen.at(1000)
  expect(seen.take()).toEqual([[0, 1000]])
  expect(seen.take()).toEqual([])
  seen.at(1500)
  expect(seen.take()).toEqual([[1000, 1500]])
})

test('what was watched twice is reported once', () => {
  const seen = seenRanges()
  seen.at(0)
  seen.at(3000)
  seen.cut()
  seen.at(1000)
  seen.at(4000)
  expect(seen.take()).toEqual([[0, 4000]])
})

test('a report that failed is not lost', () => {
  const seen = seenRanges()
  seen.at(0)
  seen.at(1000)
  const taken = seen.take()
  seen.at(2000)
  seen.restore(taken)
  expect(seen.take()).toEqual([[0, 2000]])
})

test('ranges are joined where they touch or overlap, in any order', () => {
  expect(
    joined([
      [5, 6],
      [0, 2],
      [2, 3],
      [1, 2],
    ]),
  ).toEqual([
    [0, 3],
    [5, 6],
  ])
})
