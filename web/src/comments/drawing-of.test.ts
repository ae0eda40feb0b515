import { expect, test } from 'vitest'
import { drawingOf } from './drawing-of.ts'

const line = (count: number) => ({
  points: Array.from({ length: count }, (_, index): [number, number] => [index / count, 0.5]),
  colour: '#e5484d' as const,
  width: 0.006,
})

test('nothing drawn is no drawing', () => {
  expect(drawingOf([])).toBeNull()
})

test('a short drawing is kept as it is', () => {
  expect(drawingOf([line(3)])).toEqual({ strokes: [line(3)] })
})

test.each([
  ['one long line', [5000]],
  ['a long line among dots', [3, 1, 4000]],
  ['many lines', Array.from({ length: 300 }, () => 40)],
])('a drawing of %s fits the API', (_, counts) => {
  const strokes = drawingOf(counts.map(line))?.strokes ?? []
  expect(strokes.length).toBeLessThanOrEqual(200)
  expect(strokes.reduce((sum, { points }) => sum + points.length, 0)).toBeLessThanOrEqual(2000)
  for (const [index, { points }] of strokes.toReversed().entries()) {
    const whole = line(counts.at(-1 - index) ?? 0).points
    expect([points[0], points.at(-1)]).toEqual([whole[0], whole.at(-1)])
  }
})
