import { expect, test } from 'vitest'
import { mayServeBetter, messageKindOf } from './update-kinds.ts'

test.each([
  ['question', null, 'question'],
  ['action', null, 'action'],
  ['note', null, null],
  ['question', 'inform', 'question'],
  ['question', 'decide', 'decision'],
  ['action', 'decide', 'action'],
  ['question', 'connect', null],
  ['action', 'connect', null],
] as const)('a %s on an update that is for %s is answered as %s', (type, kind, expected) => {
  expect(messageKindOf(type, kind)).toBe(expected)
})

test('a call serves better at the hard end, and for problems and decisions once many are asked', () => {
  expect(mayServeBetter('innovate', 0)).toBe(true)
  expect(mayServeBetter('connect', 0)).toBe(true)
  expect(mayServeBetter('solve', 3)).toBe(false)
  expect(mayServeBetter('solve', 4)).toBe(true)
  expect(mayServeBetter('decide', 4)).toBe(true)
  expect(mayServeBetter('inform', 20)).toBe(false)
  expect(mayServeBetter(null, 20)).toBe(false)
})
