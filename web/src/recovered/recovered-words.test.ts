import { expect, test } from 'vitest'
import { recoveredText } from './recovered-words.ts'

const now = new Date(2026, 10, 19, 9, 0)

test.each([
  [new Date(2026, 10, 19, 8, 0), '12:41 recovered from today'],
  [new Date(2026, 10, 18, 23, 0), '12:41 recovered from yesterday'],
  [new Date(2026, 10, 17, 9, 0), '12:41 recovered from Tuesday'],
  [new Date(2026, 10, 12, 9, 0), '12:41 recovered from November 12'],
  [new Date(2025, 10, 12, 9, 0), '12:41 recovered from November 12, 2025'],
])('from %s it says %j', (then, text) => {
  expect(recoveredText({ startedAt: then.getTime(), deviceMs: 761_000, name: undefined }, now, 'en-US')).toBe(text)
})

test('a file is called by its name', () => {
  expect(recoveredText({ startedAt: now.getTime(), deviceMs: 0, name: 'talk.mov' }, now)).toBe('talk.mov recovered from today')
})
