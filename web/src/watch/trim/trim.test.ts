import { expect, test } from 'vitest'
import { cutsOf, moved, parsePreciseTime, preciseTime, trimOf } from './trim.ts'

const wholeMs = 60_000

test('a trim is the cuts at the two ends', () => {
  expect(trimOf([], wholeMs)).toEqual({ startMs: 0, endMs: wholeMs })
  expect(trimOf([[0, 3000]], wholeMs)).toEqual({ startMs: 3000, endMs: wholeMs })
  expect(trimOf([[50_000, wholeMs]], wholeMs)).toEqual({ startMs: 0, endMs: 50_000 })
  expect(trimOf([[20_000, 30_000]], wholeMs)).toEqual({ startMs: 0, endMs: wholeMs })
})

test('saving it leaves what is cut in between as it is', () => {
  const cuts: [number, number][] = [
    [0, 3000],
    [20_000, 30_000],
    [50_000, wholeMs],
  ]
  expect(cutsOf({ startMs: 5000, endMs: 40_000 }, cuts, wholeMs)).toEqual([
    [0, 5000],
    [20_000, 30_000],
    [40_000, wholeMs],
  ])
  expect(cutsOf({ startMs: 0, endMs: wholeMs }, [], wholeMs)).toEqual([])
})

test('the ends never meet and never leave the recording', () => {
  const trim = { startMs: 5000, endMs: 10_000 }
  expect(moved(trim, 'start', 99_000, wholeMs)).toEqual({ startMs: 9500, endMs: 10_000 })
  expect(moved(trim, 'start', -1, wholeMs)).toEqual({ startMs: 0, endMs: 10_000 })
  expect(moved(trim, 'end', 0, wholeMs)).toEqual({ startMs: 5000, endMs: 5500 })
  expect(moved(trim, 'end', 99_000, wholeMs)).toEqual({ startMs: 5000, endMs: wholeMs })
})

test.each([
  ['1:23.2', 83_200],
  ['83.25', 83_250],
  ['0:03', 3000],
  ['0:03,5', 3500],
  ['1:02:03.4', 3_723_400],
  ['soon', null],
  ['', null],
])('%s is %s ms', (text, ms) => {
  expect(parsePreciseTime(text)).toBe(ms)
})

test('a time is shown to the tenth', () => {
  expect([0, 3240, 83_999].map(preciseTime)).toEqual(['0:00.0', '0:03.2', '1:23.9'])
})
