import { expect, test } from 'vitest'
import { layOut, sheetIndex } from './sprite-sheet.ts'

const wide = { width: 1920, height: 1080 }

test.each([
  { ms: 500, tiles: 1, columns: 1, rows: 1, intervalMs: 2_000 },
  { ms: 7_000, tiles: 4, columns: 4, rows: 1, intervalMs: 2_000 },
  { ms: 25_000, tiles: 13, columns: 10, rows: 2, intervalMs: 2_000 },
  { ms: 3_600_000, tiles: 100, columns: 10, rows: 10, intervalMs: 36_000 },
])('$ms ms have $tiles tiles, $columns a row', ({ ms, ...expected }) => {
  expect(layOut(wide, ms)).toMatchObject({ ...expected, tileWidth: 160, tileHeight: 90 })
})

test('a tile has the shape of its picture, within reason', () => {
  expect(layOut({ width: 1080, height: 1920 }, 1).tileHeight).toBe(284)
  expect(layOut({ width: 2, height: 4000 }, 1).tileHeight).toBe(640)
  expect(layOut({ width: 4000, height: 2 }, 1).tileHeight).toBe(2)
})

test('the index says which part of the sheet is shown when', () => {
  expect(sheetIndex(layOut(wide, 3_500), 3_500, 'storyboard.jpg')).toBe(`WEBVTT

00:00:00.000 --> 00:00:02.000
storyboard.jpg#xywh=0,0,160,90

00:00:02.000 --> 00:00:03.500
storyboard.jpg#xywh=160,0,160,90
`)
})
