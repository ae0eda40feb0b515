import { expect, test } from 'vitest'
import { stepFrom } from './frames.ts'

test('steps lead from picture to picture, there and back', () => {
  let ms = 1000
  const pictures = [1, 1, 1, -1, -1, -1, -1].map((by) => {
    ms = Math.round(stepFrom(ms, by))
    return Math.floor((ms * 30) / 1000)
  })
  expect(pictures).toEqual([31, 32, 33, 32, 31, 30, 29])
  expect(stepFrom(0, -1)).toBe(0)
})
