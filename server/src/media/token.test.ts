import { expect, test } from 'vitest'
import { expiryAt, mediaToken, requireMediaToken } from './token.ts'

const videoId = '8c9d2d0e-6a3b-4f0e-9f0c-1d2e3f4a5b6c'
const now = Date.parse('2026-11-22T10:07:00Z')

test('a link lives ten to twenty minutes, and is the same for everybody in its window', () => {
  expect(new Date(expiryAt(now)).toISOString()).toBe('2026-11-22T10:20:00.000Z')
  expect(expiryAt(now + 60_000)).toBe(expiryAt(now))
})

test('a token is good for its video until it ends', () => {
  const token = mediaToken('secret', videoId, expiryAt(now))
  expect(requireMediaToken('secret', videoId, token, now)).toEqual({ expiresAt: expiryAt(now) })
  expect(() => requireMediaToken('secret', videoId, token, expiryAt(now))).toThrow(/expired/)
  expect(() => requireMediaToken('secret', videoId.replace('8', '9'), token, now)).toThrow(/not valid/)
  expect(() => requireMediaToken('other', videoId, token, now)).toThrow(/not valid/)
  expect(() => requireMediaToken('secret', videoId, `zzzzzz.${token.split('.')[1]}`, now)).toThrow(/not valid/)
  expect(() => requireMediaToken('secret', videoId, '', now)).toThrow(/not valid/)
})
