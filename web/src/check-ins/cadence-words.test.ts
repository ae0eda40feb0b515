import { expect, test } from 'vitest'
import { cadenceWords, clockWords, patternOf, ruleOf } from './cadence-words.ts'

test.each([
  ['FREQ=DAILY', 'Every day'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Monday to Friday'],
  ['FREQ=WEEKLY;BYDAY=MO,TH', 'Every Monday and Thursday'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'Every second week on Tuesday'],
  ['FREQ=DAILY;INTERVAL=3', 'Every 3 days'],
])('%s reads "%s"', (rule, words) => {
  expect(cadenceWords({ rule, dates: [] }, 'en')).toBe(words)
})

test.each([
  [['2026-03-23'], 'On 23 Mar'],
  [['2026-03-23', '2026-04-02'], 'On 23 Mar and 2 Apr'],
  [['2026-03-23', '2026-04-02', '2026-04-09', '2026-04-16'], 'On 4 dates'],
])('single dates are named as long as they are few: %j', (dates, words) => {
  expect(cadenceWords({ rule: null, dates }, 'en-GB')).toBe(words)
})

test('what the form offers is the same rule again; what it does not is left alone', () => {
  for (const rule of ['FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,WE', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', null])
    expect(ruleOf(patternOf(rule) ?? { frequency: 'dates', days: [] })).toBe(rule)
  expect(patternOf('FREQ=DAILY;INTERVAL=3')).toBeNull()
})

test('a time on another day than that of the round says so', () => {
  expect(clockWords('2026-03-23T13:00:00Z', '2026-03-23', 'en-GB', 'Europe/Berlin')).toBe('14:00')
  expect(clockWords('2026-03-22T19:00:00Z', '2026-03-23', 'en-GB', 'Europe/Berlin')).toBe('Sun 20:00')
})
