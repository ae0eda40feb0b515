import { expect, test } from 'vitest'
import { cardMs } from './card-time.ts'

test.each([
  ['nothing', '', 4000],
  ['a few words', 'Done, nothing in my way.', 4000],
  ['a hundred words', 'word '.repeat(100), 30_000],
  ['a long text', 'word '.repeat(5000), 90_000],
  ['a text without spaces', '進'.repeat(100), 15_000],
])('%s stays for as long as it takes to read', (_, text, ms) => {
  expect(cardMs(text)).toBe(ms)
})
