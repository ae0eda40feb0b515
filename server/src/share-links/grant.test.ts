import { afterEach, expect, test, vi } from 'vitest'
import { admits, grantCookie, grantEnd, grantIn, neededBy } from './grant.ts'

const secret = 'a'.repeat(43)
const link = { id: '0b9f8b62-8f4e-4c0e-9d55-0a5f3a4f7d11', passwordHash: 'salt:hash' }
const guestId = '5a1f8b62-8f4e-4c0e-9d55-0a5f3a4f7d12'
const endsAt = grantEnd()
const cookie = grantCookie(secret, link, { guestId, email: '', endsAt }, { secure: true })
const sent = `session=1; ${cookie.split(';')[0]}; other=2`

afterEach(() => vi.useRealTimers())

test('the browser keeps it from scripts and from other sites', () => {
  expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=(2592000|2591999); Secure$/)
})

test('a guest is known by their cookie, for a month', () => {
  expect(grantIn(secret, link, sent)).toEqual({ guestId, email: '', endsAt })
  vi.useFakeTimers({ now: Date.now() + 31 * 24 * 3_600_000 })
  expect(grantIn(secret, link, sent)).toBeNull()
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
  expect(grantIn(secret, asked, cookies)).toBeNull()
})

test('an address that was proved is in the cookie, and nobody else puts another there', () => {
  const email = 'ada@example.org'
  const [value = ''] = grantCookie(secret, link, { guestId, email, endsAt }, { secure: true }).split(';')
  expect(grantIn(secret, link, value)).toEqual({ guestId, email, endsAt })
  const other = Buffer.from('eve@example.org').toString('base64url')
  expect(grantIn(secret, link, value.replace(/[^.]+$/, other))).toBeNull()
  expect(grantIn(secret, link, value.replace(/\.[^.]+$/, ''))).toBeNull()
  expect(grantIn(secret, link, `${sent.split('; ')[1]}.${other}`)).toBeNull()
})

test('a link needs its password first, then an address at one of its domains, and nothing like it', () => {
  const both = { passwordHash: 'x', emailDomains: ['example.org', 'example.com'] }
  expect(neededBy(both, null)).toBe('password')
  expect(neededBy(both, { guestId, email: '', endsAt })).toBe('address')
  expect(neededBy(both, { guestId, email: 'a@example.com', endsAt })).toBeNull()
  for (const email of ['a@example.net', 'a@mail.example.org', 'a@example.org.eve.net', 'example.org@eve.net', ''])
    expect(admits(both, email), email).toBe(false)
})
