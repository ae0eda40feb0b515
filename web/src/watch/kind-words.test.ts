import { expect, test } from 'vitest'
import { isHard, kindHint, kindNames } from './kind-words.ts'

test('what an update is for says whether answers are expected, how soon, and how long it stays', () => {
  expect(kindHint('inform')).toBe('no answer is expected')
  expect(kindHint('solve')).toBe('answers are expected')
  expect(kindHint('decide')).toBe('answers are expected, questions have as long as decisions')
  expect(kindHint('connect')).toBe('no answer is expected, goes to the trash after 30 days')
})

test('a call is thought of at the hard end', () => {
  const kinds = Object.keys(kindNames) as (keyof typeof kindNames)[]
  expect(kinds.filter(isHard)).toEqual(['solve', 'decide', 'innovate', 'connect'])
  expect(isHard(null)).toBe(false)
})
