import { expect, test } from 'vitest'
import { othersIn, overlapWords, standing } from './pairing-words.ts'

const person = (id: string, answered = false) => ({ person: { id, name: id, picture: null }, answered })

test.each([
  ['open', false, [person('Ada'), person('Ben')], 'Nobody has answered yet.'],
  ['open', false, [person('Ada'), person('Ben', true)], 'You are waited for.'],
  ['open', true, [person('Ada', true), person('Ben')], 'You have answered. You see each other’s answers as soon as all have.'],
  ['shown', true, [person('Ada', true), person('Ben', true)], 'Your answers are shown to each other.'],
  ['shown', false, [person('Ada'), person('Ben', true)], 'Who has answered sees the answers of the others. You have not.'],
] as const)('of one that is %s, with one’s own answer %s', (state, answered, people, words) =>
  expect(standing({ state, answered, people: [...people] })).toBe(words),
)

test('names who else is in it', () =>
  expect(othersIn({ people: [person('Ada'), person('Ben'), person('Cem')] }, 'Ada')).toBe('Ben and Cem'))

test('says nothing where working hours have nothing in common', () => expect(overlapWords([])).toBeNull())
