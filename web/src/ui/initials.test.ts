import { expect, test } from 'vitest'
import { initialsOf } from './initials.ts'

test.each([
  ['Ada', 'A'],
  ['ada lovelace', 'AL'],
  ['Ada King  Lovelace ', 'AL'],
  ['Émile Zola', 'ÉZ'],
  ['李 明', '李明'],
  ['👩‍🚀 Sally', '👩‍🚀S'],
  ['', ''],
])('the initials of %j are %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
