import { expect, test } from 'vitest'
import { answersTo, named, namingAt, stillNamed } from './mention-at.ts'

const ben = { id: 'b', name: 'Ben Ortiz', picture: null }

test.each([
  ['@', { from: 0, query: '' }],
  ['Hello @be', { from: 6, query: 'be' }],
  ['(@Ben O', { from: 1, query: 'Ben O' }],
  ['@Ben Ortiz and', null],
  ['mail@example', null],
  ['nobody', null],
])('in “%s” the name that is typed is found', (text, naming) => {
  expect(namingAt(text, text.length)).toEqual(naming)
})

test.each([
  ['', true],
  ['b', true],
  ['ORT', true],
  ['Ben O', true],
  ['en', false],
  ['a', false],
])('Ben Ortiz answers to “%s”: %s', (query, answers) => {
  expect(answersTo(ben, query)).toBe(answers)
})

test('a chosen name takes the place of what was typed of it', () => {
  expect(named('Hi @be, go', { from: 3, query: 'be' }, ben)).toEqual({ text: 'Hi @Ben Ortiz , go', caret: 14 })
})

test('who is no longer in the text is not named, and nobody twice', () => {
  expect(stillNamed('Ask @Ben Ortiz', [ben, ben, { id: 'c', name: 'Cleo', picture: null }])).toEqual([ben])
})
