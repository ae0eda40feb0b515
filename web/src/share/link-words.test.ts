import { expect, test } from 'vitest'
import { doorWords, ruleWords, viewWords } from './link-words.ts'

const link = {
  id: '1',
  url: '',
  embedUrl: '',
  hasPassword: false,
  expiresAt: null,
  comments: 'guests' as const,
  allowDownload: false,
  isIndexed: false,
  emailDomains: [],
  views: 0,
  createdAt: '2026-01-01T00:00:00Z',
  createdBy: { id: '1', name: 'Ada', picture: null },
}
const now = new Date('2026-03-02T12:00:00Z')

test('a line says all that a link allows, and when it ends or has ended', () => {
  expect(ruleWords(link, now)).toBe('never expires · guests comment')
  expect(ruleWords({ ...link, expiresAt: '2026-03-09T12:00:00Z', comments: 'off', allowDownload: true }, now)).toMatch(
    /^until .*9.* · no comments · download$/,
  )
  expect(ruleWords({ ...link, expiresAt: '2026-03-01T12:00:00Z', comments: 'members', isIndexed: true }, now)).toMatch(
    /^expired .* · guests read comments · in search engines$/,
  )
})

test.each([
  [0, '0 views'],
  [1, '1 view'],
  [2, '2 views'],
])('%i is %s', (views, words) => {
  expect(viewWords(views)).toBe(words)
})

test.each([
  [false, [], 'Anyone with the link'],
  [true, [], 'Anyone with the link and its password'],
  [false, ['example.org', 'example.com'], 'Anyone with the link and an address at example.org or example.com'],
  [true, ['example.org'], 'Anyone with the link, its password, and an address at example.org'],
])('who gets in: %s, %j', (hasPassword, emailDomains, words) => {
  expect(doorWords({ hasPassword, emailDomains })).toBe(words)
})
