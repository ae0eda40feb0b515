import { expect, test } from 'vitest'
import { drawnAt } from './drawn-at.ts'

const drawing = { strokes: [] }
const comment = (id: string, atMs: number | null, endMs: number | null = null, change = {}) => ({
  id,
  ...{ drawing, atMs, endMs, deleted: false },
  ...change,
})
const comments = [
  comment('moment', 5000),
  comment('range', 4000, 9000),
  comment('gone', 5000, null, { deleted: true }),
  comment('words', 5000, null, { drawing: null }),
]

test.each([
  [3000, []],
  [4950, ['moment', 'range']],
  [6400, ['moment', 'range']],
  [6500, ['range']],
  [9000, []],
])('at %i ms what was drawn there is shown', (ms, ids) => {
  expect(drawnAt(comments, ms).map(({ id }) => id)).toEqual(ids)
})
