import { expect, test } from 'vitest'
import { parseTimeCode, spokenTime, timeCode, vttTime } from './time-code.ts'

test.each([
  [0, '0:00', '0 seconds', '00:00:00.000'],
  [4_200, '0:04', '4 seconds', '00:00:04.200'],
  [83_040, '1:23', '1 minute 23 seconds', '00:01:23.040'],
  [3_723_999, '1:02:03', '1 hour 2 minutes 3 seconds', '01:02:03.999'],
  [60_000, '1:00', '1 minute', '00:01:00.000'],
])('%i ms is %s', (ms, code, spoken, vtt) => {
  expect([timeCode(ms), spokenTime(ms), vttTime(ms)]).toEqual([code, spoken, vtt])
})

test.each([
  ['83', 83_000],
  ['83.5', 83_500],
  ['83s', 83_000],
  ['1m23s', 83_000],
  ['1h2m3s', 3_723_000],
  ['2m', 120_000],
  ['1:23', 83_000],
  ['1:02:03', 3_723_000],
  ['', null],
  ['soon', null],
  ['-5', null],
  ['1:99', null],
])('a link with t=%s lands at %s ms', (text, ms) => {
  expect(parseTimeCode(text)).toBe(ms)
})
