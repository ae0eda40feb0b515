import type { BubbleLayout } from '@meanwhile/shared/contract/edits'
import { expect, test } from 'vitest'
import { draggedTo, movedBy, placeInWords } from './bubble-place.ts'

const layout: BubbleLayout = { shape: 'round', size: 'medium', x: 0, y: 1 }
const picture = { width: 1000, height: 600 }
// A bubble of 200 px with a margin of 25 px has 750 px to move sideways, and 350 px up and down.

test('a bubble goes where it is dragged, no further than the margin', () => {
  expect(draggedTo(layout, picture, 375, -175)).toEqual({ x: 0.5, y: 0.5 })
  expect(draggedTo(layout, picture, 5000, -5000)).toEqual({ x: 1, y: 0 })
})

test('near an edge it goes to the edge', () => {
  expect(draggedTo(layout, picture, 20, 0)).toEqual({ x: 0, y: 1 })
  expect(draggedTo(layout, picture, 740, -5)).toEqual({ x: 1, y: 1 })
})

test('a picture that has no size yet moves nothing', () => {
  expect(draggedTo(layout, { width: 0, height: 0 }, 10, 10)).toEqual({ x: 0, y: 1 })
})

test('arrow keys move it, with Shift to the edge; other keys are left alone', () => {
  expect(movedBy('ArrowRight', layout, false)).toEqual({ x: 0.05, y: 1 })
  expect(movedBy('ArrowUp', layout, true)).toEqual({ x: 0, y: 0 })
  expect(movedBy('ArrowLeft', layout, false)).toEqual({ x: 0, y: 1 })
  expect(movedBy('Enter', layout, false)).toBeNull()
})

test('where it is, is said in words', () => {
  const places = [
    [0, 1],
    [1, 0],
    [0.5, 0.5],
    [0.5, 1],
  ].map(([x = 0, y = 0]) => placeInWords({ x, y }))
  expect(places).toEqual(['bottom left', 'top right', 'centre', 'bottom'])
})
