import { expect, test } from 'vitest'
import { cellTime, dayText, meetingText, signedTime, teamTime, weekText, weekWords } from './hours-words.ts'

const hour = 3_600_000
const minute = 60_000

test('a meeting is told as a team says it', () => {
  expect(meetingText({ people: 6, minutes: 15, times: 5, per: 'week' })).toBe('6 people, 15 min, 5 a week')
  expect(meetingText({ people: 20, minutes: 90, times: 1, per: 'two weeks' })).toBe('20 people, 1 h 30 min, 1 every two weeks')
})

test('the number of a week says whether it is one to be glad of', () => {
  expect(weekWords({ givenBackMs: 7 * hour + 40 * minute, isOver: true })).toEqual({
    number: '7 h 40 min',
    text: 'given back last week',
  })
  expect(weekWords({ givenBackMs: -130 * minute, isOver: true })).toEqual({
    number: '2 h 10 min',
    text: 'more than the meetings took, last week',
  })
  expect(weekWords({ givenBackMs: 0, isOver: false })).toEqual({ number: '0 min', text: 'given back this week so far' })
})

test('time of a team is rounded to minutes', () => {
  expect([0, 29_000, -29_000, 31_000, 59.6 * minute].map(teamTime)).toEqual(['0 min', '0 min', '0 min', '1 min', '1 h'])
  expect([-90 * minute, -10_000, minute].map(signedTime)).toEqual(['−1 h 30 min', '0 min', '1 min'])
  expect(cellTime(-90 * minute)).toBe('−1\u00a0h 30\u00a0min')
})

test('a day is the same everywhere', () => {
  expect(dayText('2026-03-23', 'en-GB')).toBe('23 Mar 2026')
  expect(weekText('2026-03-23', 'en-GB')).toBe('23 Mar')
})
