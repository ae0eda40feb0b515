import { expect, test } from 'vitest'
import { parseStoryboard, tileAt } from './storyboard.ts'

const url = 'http://site/media/token/video/storyboard/index.vtt'
const vtt = `WEBVTT

NOTE made from key frames

1
00:00:00.000 --> 00:00:02.000
sheet-1.jpg#xywh=0,0,160,90

00:02.000 --> 00:04.000
sheet-1.jpg#xywh=160,0,160,90

01:00:04.000 --> 01:00:06.500 align:start
/elsewhere/sheet-2.jpg#xywh=pixel:0,90,160,90

00:05.000 --> 00:06.000
not a picture
`

test('tiles are read from cues with and without a name, hours or settings', () => {
  expect(parseStoryboard(vtt, url)).toEqual([
    { fromMs: 0, toMs: 2000, sheet: 'http://site/media/token/video/storyboard/sheet-1.jpg', x: 0, y: 0, width: 160, height: 90 },
    {
      fromMs: 2000,
      toMs: 4000,
      sheet: 'http://site/media/token/video/storyboard/sheet-1.jpg',
      x: 160,
      y: 0,
      width: 160,
      height: 90,
    },
    { fromMs: 3_604_000, toMs: 3_606_500, sheet: 'http://site/elsewhere/sheet-2.jpg', x: 0, y: 90, width: 160, height: 90 },
  ])
})

test('Windows line ends make no difference', () => {
  expect(parseStoryboard(vtt.replaceAll('\n', '\r\n'), url)).toEqual(parseStoryboard(vtt, url))
})

test('an empty or foreign file has no tiles', () => {
  expect(parseStoryboard('', url)).toEqual([])
  expect(parseStoryboard('<!doctype html><title>404</title>', url)).toEqual([])
})

test('a moment shows the tile that has begun last, after the end too', () => {
  const tiles = parseStoryboard(vtt, url)
  expect(tileAt(tiles, 0)?.x).toBe(0)
  expect(tileAt(tiles, 1999)?.x).toBe(0)
  expect(tileAt(tiles, 2000)?.x).toBe(160)
  expect(tileAt(tiles, 9_000_000)?.y).toBe(90)
  expect(tileAt([], 0)).toBeUndefined()
})
