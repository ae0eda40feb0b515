import { expect, test } from 'vitest'
import { chooseQuestion } from './choose-question.ts'
import { fortnightAt, nextMonday } from './fortnight.ts'
import { type Met, match, type Pairable } from './match.ts'
import { pairingQuestions } from './questions.ts'
import { seeded } from './random.ts'

const team = (size: number, seed: string): Pairable[] => {
  const random = seeded(seed)
  return Array.from({ length: size }, (_, index) => ({
    id: `person-${index}`,
    places: new Set(Array.from({ length: 4 }, () => `place-${Math.floor(random() * 12)}`)),
  }))
}
const metIn = (groups: string[][], ago: number): Met[] =>
  groups.flatMap((group) => group.flatMap((a, index) => group.slice(index + 1).map((b) => ({ a, b, ago }))))

test.each(Array.from({ length: 40 }, (_, size) => size))(
  'of %i people everybody is in one group of two, one of three where they are odd',
  (size) => {
    const groups = match(team(size, `team ${size}`), [], 'seed')
    expect(groups.flat().toSorted()).toEqual(
      size < 2
        ? []
        : team(size, '')
            .map(({ id }) => id)
            .toSorted(),
    )
    expect(groups.filter(({ length }) => length === 3)).toHaveLength(size > 1 ? size % 2 : 0)
    expect(groups.every(({ length }) => length === 2 || length === 3)).toBe(true)
  },
)

test('the same seed gives the same groups, in whatever order people come', () => {
  const people = team(31, 'order')
  expect(match(people.toReversed(), [], 'a')).toEqual(match(people, [], 'a'))
  expect(match(people, [], 'b')).not.toEqual(match(people, [], 'a'))
})

test.each([4, 6, 10, 28, 60])('of %i people nobody meets whom they met the last time', (size) => {
  for (let seed = 0; seed < 30; seed++) {
    const before = match(team(size, `team ${seed}`), [], `before ${seed}`)
    const now = match(team(size, `team ${seed}`), metIn(before, 1), `now ${seed}`)
    const keys = new Set(before.map((group) => group.toSorted().join()))
    expect(now.filter((group) => keys.has(group.toSorted().join()))).toEqual([])
  }
})

test('people with nothing in common are preferred', () => {
  const people = ['a', 'b', 'c', 'd'].map((id) => ({ id, places: new Set([id < 'c' ? 'left' : 'right']) }))
  for (const seed of ['1', '2', '3'])
    for (const group of match(people, [], seed)) expect(group.filter((id) => id < 'c')).toHaveLength(1)
})

test('a thousand people are grouped', () => {
  expect(match(team(1000, 'many'), [], 'seed')).toHaveLength(500)
})

test('a question comes again only when there is none left', () => {
  expect(new Set(pairingQuestions).size).toBe(pairingQuestions.length)
  const had: string[] = []
  for (let time = 0; time < pairingQuestions.length; time++) had.push(chooseQuestion(had, `time ${time}`))
  expect(new Set(had).size).toBe(pairingQuestions.length)
})

test('fortnights are counted from the first Monday that has begun nowhere', () => {
  // A Sunday at 9 in London is Sunday night in Kiritimati; an hour later their Monday has begun.
  expect(nextMonday(new Date('2026-03-01T09:00:00Z'))).toBe('2026-03-02')
  expect(nextMonday(new Date('2026-03-01T10:30:00Z'))).toBe('2026-03-09')
  expect(fortnightAt('2026-03-02', new Date('2026-03-01T09:00:00Z'))).toBeNull()
  expect(fortnightAt('2026-03-02', new Date('2026-03-15T09:59:00Z'))).toBe('2026-03-02')
  expect(fortnightAt('2026-03-02', new Date('2026-03-15T10:00:00Z'))).toBe('2026-03-16')
})
