import { expect, test } from 'vitest'
import type { Stroke } from '../encoding/encoder.ts'
import { Pen } from './pen.svelte.ts'

function paper() {
  const shown: Stroke[][] = []
  const pen = new Pen((strokes) => void shown.push(strokes))
  return { pen, shown }
}

test('a pen that is put away draws nothing', () => {
  const { pen, shown } = paper()
  pen.begin(0.1, 0.1)
  pen.move(0.5, 0.5)
  expect(shown).toEqual([])
})

test('a stroke goes from where the pen went down to where it was lifted, in its colour', () => {
  const { pen, shown } = paper()
  pen.on = true
  pen.colour = '#30a46c'
  pen.begin(0.1, 0.1)
  pen.move(0.2, 0.1)
  pen.end()
  pen.move(0.9, 0.9)
  pen.begin(0.4, 0.4)
  expect(pen.strokes.map(({ points, colour }) => [points, colour])).toEqual([
    [
      [
        [0.1, 0.1],
        [0.2, 0.1],
      ],
      '#30a46c',
    ],
    [[[0.4, 0.4]], '#30a46c'],
  ])
  expect(shown.at(-1)).toEqual(pen.strokes)
})

test('a hand that holds still adds no points', () => {
  const { pen, shown } = paper()
  pen.on = true
  pen.begin(0.1, 0.1)
  pen.move(0.1005, 0.1)
  expect(shown).toHaveLength(1)
})

test('clearing takes everything away, once', () => {
  const { pen, shown } = paper()
  pen.on = true
  pen.begin(0.1, 0.1)
  pen.clear()
  pen.clear()
  expect(shown.slice(1)).toEqual([[]])
})
