import { expect, test } from 'vitest'
import { momentLink } from './moment-link.ts'

test.each([
  ['https://here.example/u/1?t=42', { updateId: '1', recordedMs: 42_000 }],
  ['https://here.example/u/1/?t=1m2s&c=3', { updateId: '1', recordedMs: 62_000 }],
  ['https://here.example/u/1#t=1:23', { updateId: '1', recordedMs: 83_000 }],
  ['https://here.example/u/1?t=soon', null],
  ['https://here.example/u/1', null],
  ['https://here.example/u/1/more?t=42', null],
  ['https://here.example/settings?t=42', null],
  ['https://elsewhere.example/u/1?t=42', null],
  ['https://here.example.org/u/1?t=42', null],
  ['http://[', null],
])('%s leads to %j', (href, expected) => {
  expect(momentLink(href, 'https://here.example')).toEqual(expected)
})
