import { expect, test } from 'vitest'
import { fit } from './fit.ts'

test.each([
  [
    { width: 1920, height: 1080 },
    { width: 640, height: 10_000 },
    { width: 640, height: 360 },
  ],
  [
    { width: 1920, height: 1080 },
    { width: 640, height: 90 },
    { width: 160, height: 90 },
  ],
  [
    { width: 320, height: 180 },
    { width: 800, height: 10_000 },
    { width: 800, height: 450 },
  ],
  [
    { width: 1080, height: 1920 },
    { width: 640, height: 640 },
    { width: 360, height: 640 },
  ],
  [
    { width: 1920, height: 1080 },
    { width: 1, height: 1 },
    { width: 1, height: 1 },
  ],
])('%j within %j is %j', (shape, bounds, expected) => {
  expect(fit(shape, bounds)).toEqual(expected)
})
