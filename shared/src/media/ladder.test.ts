import { expect, test } from 'vitest'
import { ladder } from './ladder.ts'

const sizes = (width: number, height: number) =>
  ladder({ width, height }).map((rung) => `${rung.name} ${rung.width}x${rung.height}`)

test.each([
  ['1080p', 1920, 1080, ['720p 1280x720', '480p 854x480']],
  ['720p', 1280, 720, ['480p 854x480']],
  ['480p', 854, 480, []],
  ['a window of odd size', 1919, 1079, ['720p 1280x720', '480p 854x480']],
  ['a phone held upright', 1080, 1920, ['720p 720x1280', '480p 480x854']],
  ['a very wide screen', 3440, 1440, ['720p 1720x720', '480p 1146x480']],
  ['two pixels', 2, 2, []],
])('%s gets lower renditions only, with even sides', (_what, width, height, expected) => {
  expect(sizes(width, height)).toEqual(expected)
})
