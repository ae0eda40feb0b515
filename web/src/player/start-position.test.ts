import { expect, test } from 'vitest'
import { momentInLink, startPosition } from './start-position.ts'

test.each([
  ['?t=83', '', 83_000],
  ['?t=1m23s', '', 83_000],
  ['', '#t=83', 83_000],
  ['?t=1:23', '#t=5', 83_000],
  ['?c=abc', '', null],
  ['?t=soon', '', null],
])('a link with %s%s lands at %s', (search, hash, ms) => {
  expect(momentInLink(new URLSearchParams(search), hash)).toBe(ms)
})

test.each([
  { what: 'the link wins', linkMs: 4000, leftMs: 60_000, start: 4000 },
  { what: 'a link to the start wins too', linkMs: 0, leftMs: 60_000, start: 0 },
  { what: 'a link beyond the end lands at the end', linkMs: 900_000, leftMs: null, start: 100_000 },
  { what: 'without one, it goes on where the viewer left', linkMs: null, leftMs: 60_000, start: 60_000 },
  { what: 'the first seconds are not worth a jump', linkMs: null, leftMs: 4999, start: 0 },
  { what: 'who had finished starts again', linkMs: null, leftMs: 96_000, start: 0 },
  { what: 'a new viewer starts at the beginning', linkMs: null, leftMs: null, start: 0 },
])('$what', ({ linkMs, leftMs, start }) => {
  expect(startPosition({ linkMs, leftMs, durationMs: 100_000 })).toBe(start)
})
