import { bubbleBox } from '@meanwhile/shared/media/bubble'
import { expect, test } from 'vitest'
import { bubbleIn, pictureIn, placeAt } from './place.ts'

const room = { width: 1000, height: 600 }
const picture = pictureIn(room, 2)
const layout = { size: 'medium', x: 0, y: 1 } as const

test('a picture lies whole in the middle of the player', () => {
  expect(picture).toEqual({ left: 0, top: 50, width: 1000, height: 500 })
  expect(pictureIn(room, 1)).toEqual({ left: 200, top: 0, width: 600, height: 600 })
})

test('the camera lies where the worker paints it', () => {
  const { x, y, side } = bubbleBox(layout, picture)
  expect(bubbleIn(room, picture, { layout, aspect: 1, footPx: 0 })).toEqual({ left: x, top: 50 + y, width: side, height: side })
})

test('controls do not cover it, nor do they push it out of the picture', () => {
  expect(bubbleIn(room, picture, { layout, aspect: 1, footPx: 100 }).top).toBe(300)
  expect(bubbleIn(room, picture, { layout, aspect: 1, footPx: 590 }).top).toBe(50)
  expect(bubbleIn(room, picture, { layout: { ...layout, y: 0 }, aspect: 1, footPx: 100 }).top).toBe(75)
})

test('a screen in the bubble keeps its shape, and its corner', () => {
  expect(bubbleIn(room, picture, { layout: { ...layout, x: 1 }, aspect: 2, footPx: 0 })).toEqual({
    left: 675,
    top: 375,
    width: 300,
    height: 150,
  })
})

test.each([
  [0, 0],
  [0.25, 0.5],
  [1, 1],
])('a bubble that is dropped at %s, %s is found there', (x, y) => {
  const { left, top } = bubbleIn(room, picture, { layout: { ...layout, x, y }, aspect: 1, footPx: 0 })
  const place = placeAt(picture, { layout, aspect: 1 }, { left, top })
  expect(place.x).toBeCloseTo(x, 2)
  expect(place.y).toBeCloseTo(y, 2)
})

test('one that is dragged out of the picture stays at its edge', () => {
  expect(placeAt(picture, { layout, aspect: 1 }, { left: -500, top: 5000 })).toEqual({ x: 0, y: 1 })
})
