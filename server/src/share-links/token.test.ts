import { expect, test } from 'vitest'
import { linkIdIn, shareToken } from './token.ts'

const secret = 'a'.repeat(43)
const id = '0b9f8b62-8f4e-4c0e-9d55-0a5f3a4f7d11'
const token = shareToken(secret, id)

test('a token names its link, and is the same whenever it is made', () => {
  expect(linkIdIn(secret, token)).toBe(id)
  expect(shareToken(secret, id)).toBe(token)
  expect(token).toMatch(/^[\w-]{48}$/)
})

test.each([
  ['another secret', shareToken('b'.repeat(43), id)],
  ['another link', shareToken(secret, id.replace(/^0/, '1')).slice(0, 4) + token.slice(4)],
  ['one letter less', token.slice(0, -1)],
  ['one letter more', `${token}A`],
  ['the same bytes, written in another way', token.replace(/.$/, (last) => `${last}=`)],
  ['an id alone', id],
  ['nothing', ''],
])('%s opens nothing', (_what, other) => {
  expect(linkIdIn(secret, other)).toBeNull()
})
