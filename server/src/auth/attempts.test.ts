import { expect, test } from 'vitest'
import { Attempts } from './attempts.ts'

test('so many tries fail in a time, each key for itself; what succeeds is not counted', () => {
  const attempts = new Attempts(2, 1000)
  expect([attempts.begin('a', 0), attempts.begin('a', 1), attempts.begin('a', 2), attempts.begin('b', 2)]).toEqual([
    true,
    true,
    false,
    true,
  ])
  attempts.giveBack('a')
  expect([attempts.begin('a', 3), attempts.begin('a', 4)]).toEqual([true, false])
  expect(attempts.begin('a', 1000)).toBe(true)
})

test('whoever tries under ever new names does not fill the memory', () => {
  const attempts = new Attempts(1, 1e9)
  for (let name = 0; name < 120_000; name++) attempts.begin(`${name}`, 0)
  expect(attempts.begin('119999', 1)).toBe(false)
  expect(attempts.begin('0', 1)).toBe(true)
})
