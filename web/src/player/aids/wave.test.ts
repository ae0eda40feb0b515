import { expect, test } from 'vitest'
import { clockOf, plainClock } from '../clock.ts'
import { barsPath, columnsOf } from './wave.ts'

const wave = { intervalMs: 100, peaks: [10, 20, 0, 0, 100, 50, 5, 5, 200, 0] }

test('each column has the loudest of its part, the loudest of all is full', () => {
  expect(columnsOf(wave, plainClock, 1000, 5)).toEqual([0.1, 0, 0.5, 0.025, 1])
  expect(columnsOf(wave, plainClock, 1000, 20).slice(0, 4)).toEqual([0.05, 0.05, 0.1, 0.1])
})

test('what is cut is not drawn', () => {
  const clock = clockOf({ cuts: [[200, 600]], recordedMs: 1000 }, false)
  expect(columnsOf(wave, clock, 600, 3)).toEqual([0.1, 0.025, 1])
})

test('bars stand on the line', () => {
  expect(barsPath([0.5, 1], 10)).toBe('M0.5 10V5.0M1.5 10V0.0')
})
