import { expect, test } from 'vitest'
import { isRate, stepRate, watchMs } from './rates.ts'

test('speeds go up and down by one step and stop at the ends', () => {
  expect([stepRate(1, 1), stepRate(1.5, -1), stepRate(3, 1), stepRate(0.5, -1)]).toEqual([1.2, 1.2, 3, 0.5])
})

test('9:10 takes 6:07 at 1.5×', () => {
  expect(watchMs(550_000, 1.5)).toBe(366_667)
})

test('only the speeds of the menu are speeds', () => {
  expect([isRate(1.7), isRate(1.1), isRate(Number.NaN)]).toEqual([true, false, false])
})
