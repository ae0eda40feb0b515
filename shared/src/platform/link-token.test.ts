import { expect, test } from 'vitest'
import { linkIdIn, linkToken } from './link-token.ts'

const secret = 'a'.repeat(43)
const id = '0b9f8b62-8f4e-4c0e-9d55-0a5f3a4f7d11'
const token = linkToken(secret, 'share-link', id)

test('a token names its link, and is the same whenever it is made', () => {
  expect(linkIdIn(secret, 'share-link', token)).toBe(id)
  expect(linkToken(secret, 'share-link', id)).toBe(token)
  expect(token).toMatch(/^[\w-]{48}$/)
})

test.each([
  ['another secret', linkToken('b'.repeat(43), 'share-link', id)],
  ['another link', linkToken(secret, 'share-link', id.replace(/^0/, '1')).slice(0, 4) + token.slice(4)],
  ['another kind of link', linkToken(secret, 'invitation', id)],
  ['one letter less', token.slice(0, -1)],
  ['one letter more', `${token}A`],
  ['the same bytes, written in another way', token.replace(/.$/, (last) => `${last}=`)],
  ['an id alone', id],
  ['nothing', ''],
])('%s opens nothing', (_what, other) => {
  expect(linkIdIn(secret, 'share-link', other)).toBeNull()
})
