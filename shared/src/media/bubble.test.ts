import { expect, test } from 'vitest'
import { bubbleBox, defaultLayout } from './bubble.ts'

const picture = { width: 1920, height: 1080 }

test('the bubble lies bottom left when nobody placed it', () => {
  expect(bubbleBox(defaultLayout, picture)).toEqual({ x: 48, y: 648, side: 384 })
})

test.each([
  [0, 0, 48, 48],
  [1, 0, 1488, 48],
  [1, 1, 1488, 648],
  [0.5, 0.5, 768, 348],
])('at %d, %d its corner is at %i, %i', (x, y, left, top) => {
  expect(bubbleBox({ size: 'medium', x, y }, picture)).toMatchObject({ x: left, y: top })
})

test('three sizes, each an even number of pixels', () => {
  const side = (size: 'small' | 'medium' | 'large') => bubbleBox({ size, x: 0, y: 0 }, { width: 1366, height: 768 }).side
  expect([side('small'), side('medium'), side('large')]).toEqual([190, 272, 382])
})

test.each([[{ width: 1920, height: 400 }], [{ width: 360, height: 640 }], [{ width: 32, height: 18 }]])(
  'it stays inside a picture of %o',
  (size) => {
    for (const [x, y] of [
      [0, 0],
      [1, 1],
    ] as const) {
      const box = bubbleBox({ size: 'large', x, y }, size)
      expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0)
      expect(box.x + box.side).toBeLessThanOrEqual(size.width)
      expect(box.y + box.side).toBeLessThanOrEqual(size.height)
    }
  },
)
