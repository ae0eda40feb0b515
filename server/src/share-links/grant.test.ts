import { afterEach, expect, test, vi } from 'vitest'
import { grantCookie, guestIdIn } from './grant.ts'

const secret = 'a'.repeat(43)
const link = { id: '0b9f8b62-8f4e-4c0e-9d55-0a5f3a4f7d11', passwordHash: 'salt:hash' }
const guestId = '5a1f8b62-8f4e-4c0e-9d55-0a5f3a4f7d12'
const cookie = grantCookie(secret, link, guestId, { secure: true })
const sent = `session=1; ${cookie.split(';')[0]}; other=2`

afterEach(() => vi.useRealTimers())

test('the browser keeps it from scripts and from other sites', () => {
  expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure$/)
})

test('a guest is known by their cookie, for a month', () => {
  expect(guestIdIn(secret, link, sent)).toBe(guestId)
  vi.useFakeTimers({ now: Date.now() + 31 * 24 * 3_600_000 })
  expect(guestIdIn(secret, link, sent)).toBeNull()
})

test.each([
  ['no cookie', link, undefined],
  ['another password', { ...link, passwordHash: 'salt:other' }, sent],
  ['no password any more', { ...link, passwordHash: null }, sent],
  ['another link', { ...link, id: guestId }, sent.replaceAll(link.id, guestId)],
  ['another guest', link, sent.replace(guestId, link.id)],
  ['a later end', link, sent.replace(/\.(\w+)\.(?=[\w-]+; other)/, '.zzzzzz.')],
  ['no signature', link, sent.replace(/\.[^.;]+; other/, '; other')],
])('with %s it counts for nothing', (_what, asked, cookies) => {
  expect(guestIdIn(secret, asked, cookies)).toBeNull()
})
