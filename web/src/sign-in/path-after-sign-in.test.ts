import { expect, test } from 'vitest'
import { pathAfterSignIn } from './path-after-sign-in.ts'

test.each([
  ['//evil.example'],
  ['///evil.example'],
  ['/\\evil.example'],
  ['\\\\evil.example'],
  ['/\t/evil.example'],
  ['/\n/evil.example'],
  ['https://evil.example'],
  ['https:evil.example'],
  ['javascript:alert(1)'],
  ['data:text/html,x'],
  ['/sign-in?next=//evil.example'],
  ['evil.example'],
  [''],
])('after signing in %j leads home, and not to another site (R26)', (next) => {
  const path = pathAfterSignIn(`?next=${encodeURIComponent(next)}`)
  expect(new URL(path, 'https://here.example').origin).toBe('https://here.example')
  expect(path).toBe('/')
})

test('after signing in one is where one wanted to go', () => {
  const next = '/u/8c9d2d0e-6a3b-4f0e-9f0c-1d2e3f4a5b6c?t=83#comments'
  expect(pathAfterSignIn(`?next=${encodeURIComponent(next)}`)).toBe(next)
  expect(pathAfterSignIn('')).toBe('/')
})
