import { expect, test } from 'vitest'
import { numberTyped } from './number-typed.ts'

test.each([
  ['1', 1],
  ['1.', 1],
  ['1.5', 1.5],
  ['1,5', 1.5],
  [' -3 ', -3],
  ['\u22122', -2],
  ['', undefined],
  ['-', undefined],
  ['many', undefined],
])('"%s" is %s', (text, number) => {
  expect(numberTyped(text)).toBe(number)
})
