import { InvitationState } from '@meanwhile/shared/contract/candidate-invitations'
import { expect, test } from 'vitest'
import {
  candidateName,
  countWords,
  deadlineWords,
  deletedOn,
  hasProgress,
  linkLines,
  retakeWords,
  sheetWords,
  stateNames,
} from './interview-words.ts'

test('there are words for every state, and a reason for every sheet without answers', () => {
  for (const state of InvitationState.options) {
    expect(stateNames[state]).not.toBe('')
    expect(sheetWords(state) === null).toBe(state === 'submitted')
  }
})

test.each([
  [{ invited: 0, started: 0, submitted: 0, withdrawn: 0 }, ['Nobody invited yet']],
  [{ invited: 3, started: 1, submitted: 2, withdrawn: 0 }, ['2 with answers in', '1 has begun', '3 invited']],
  [{ invited: 0, started: 2, submitted: 0, withdrawn: 1 }, ['2 have begun', '1 withdrawn']],
])('says where candidates are: %o', (counts, words) => expect(countWords(counts)).toEqual(words))

test('a deadline is told by the clock of the viewer', () => {
  const now = new Date('2026-11-28T12:00:00Z')
  const at = '2026-12-01T17:00:00.000Z'
  expect(deadlineWords(at, now, 'en-GB', 'Europe/Berlin')).toMatch(/^Tue,? 1 Dec, 18:00$/)
  expect(deadlineWords(at, now, 'en-GB', 'America/New_York')).toMatch(/^Tue,? 1 Dec, 12:00$/)
  expect(deadlineWords('2027-01-04T10:00:00.000Z', now, 'en-GB', 'UTC')).toContain('2027')
})

test('nothing is left of the name of somebody who withdrew', () => {
  expect(candidateName({ name: '' })).toBe('A candidate who withdrew')
  expect(candidateName({ name: 'Ana' })).toBe('Ana')
})

test('how far somebody is shows once it is known', () => {
  expect(hasProgress({ state: 'started', answered: 0 })).toBe(false)
  expect(hasProgress({ state: 'started', answered: 2 })).toBe(true)
  expect(hasProgress({ state: 'submitted', answered: 0 })).toBe(true)
})

test('says how often an answer may be given again', () =>
  expect([null, 0, 1, 3].map(retakeWords)).toEqual(['As often as they wish', 'Not at all', '1 more time', '3 more times']))

test('what a candidate said goes so many days after the position was closed', () =>
  expect(deletedOn('2026-11-28T12:00:00.000Z', 30).toISOString()).toBe('2026-12-28T12:00:00.000Z'))

test('links are handed on with names, and only those that work', () =>
  expect(
    linkLines([
      { name: 'Ana', url: 'https://site/i/a' },
      { name: 'Ben', url: null },
    ]),
  ).toBe('Ana\thttps://site/i/a'))
