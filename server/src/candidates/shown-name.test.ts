import { expect, test } from 'vitest'
import { letterOf, shownName } from './shown-name.ts'

test('candidates go by letters, as columns of a spreadsheet do', () => {
  expect([1, 2, 26, 27, 52, 53, 702, 703].map(letterOf)).toEqual(['A', 'B', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
})

test('a name is hidden where the position says so', () => {
  expect(shownName({ name: 'Kim', number: 3 }, { hidesNames: true })).toBe('Candidate C')
  expect(shownName({ name: 'Kim', number: 3 }, { hidesNames: false })).toBe('Kim')
})
