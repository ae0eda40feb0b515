import { readFile } from 'node:fs/promises'
import type { BubbleLayout } from '@meanwhile/shared/contract/edits'
import { bubbleBox } from '@meanwhile/shared/media/bubble'
import { expect, test } from 'vitest'
import { cut, plain, tone } from './cut.ts'
import { cutAsRecorder } from './cut-as-recorder.ts'
import { startHouse } from './house.ts'
import { colourNameAt, decodeAll, look } from './looking.ts'
import { stageByStage } from './stage-by-stage.ts'

const house = await startHouse()
const process = await stageByStage(house)

/** Red for three seconds, then green for three, then blue. */
const colours = (seconds = 9, then = '') => [
  ...['-f', 'lavfi', '-i'],
  `color=c=red:s=640x360:r=30:d=${seconds},drawbox=c=0x00ff00:t=fill:enable='gte(t,3)',drawbox=c=blue:t=fill:enable='gte(t,6)'${then}`,
]
const recording = await cutAsRecorder([...colours(), ...tone(9)])
const stages = ['probe', 'original', 'poster', 'preview', 'storyboard'] as const

/** The colours of the tiles of a storyboard, one every two seconds. */
async function tilesOf(file: string, count: number) {
  const tiles = []
  for (let tile = 0; tile < count; tile++) tiles.push(await colourNameAt(file, 0, 80 + (tile % 10) * 160, 45))
  return tiles
}

test('what is shown before it is watched is its beginning', async () => {
  const { videoId } = await house.given.recording(recording)
  const made = await process(videoId, ...stages)
  expect(await colourNameAt(made.poster!.file, 0, 300, 100)).toBe('red')
  expect(await look(made.preview!.file)).toMatchObject({ streams: 1, video: { codec: 'h264', width: 480, height: 270 } })
  const { durationS, video } = await look(made.preview!.file)
  expect(video!.startS).toBe(0)
  expect(Math.abs(durationS - 4)).toBeLessThan(0.3)
  const { frames, complaints } = await decodeAll(made.preview!.file)
  expect(complaints).toBe('')
  expect(frames).toBeGreaterThan(45)
  expect(frames).toBeLessThan(64)
  expect(await colourNameAt(made.preview!.file, 1.8, 200, 100)).toBe('red')
  expect(await colourNameAt(made.preview!.file, 2.2, 200, 100)).toBe('green')
  expect((await readFile(made.preview!.file)).length).toBeLessThan(200_000)
  expect(await tilesOf(made.storyboard!.file, 5)).toEqual(['red', 'red', 'green', 'blue', 'blue'])
})

test('nothing that is cut out is on the poster, in the preview or on the storyboard', async () => {
  const { videoId } = await house.given.recording(recording, { cuts: [[0, 3_000]] })
  const made = await process(videoId, ...stages)
  expect(await colourNameAt(made.poster!.file, 0, 300, 100)).toBe('green')
  const seen = []
  for (const atS of [0, 1.8, 2.2, 3.5]) seen.push(await colourNameAt(made.preview!.file, atS, 200, 100))
  expect(seen).toEqual(['green', 'green', 'blue', 'blue'])
  expect(await tilesOf(made.storyboard!.file, 5)).not.toContain('red')
})

test('the preview lies in one piece that was kept, and has the camera in it', async () => {
  const camera = await cutAsRecorder(plain('white', '320x240', 9, 25))
  const layout: BubbleLayout = { shape: 'rounded', size: 'large', x: 1, y: 0 }
  const { videoId } = await house.given.recording(recording, { camera, layout, cuts: [[1_000, 6_500]] })
  const made = await process(videoId, 'probe', 'original', 'camera', 'poster', 'preview')
  expect(await colourNameAt(made.poster!.file, 0, 300, 100)).toBe('blue')
  expect(Math.abs((await look(made.preview!.file)).durationS - 2.5)).toBeLessThan(0.3)
  for (const atS of [0, 2]) expect(await colourNameAt(made.preview!.file, atS, 100, 200)).toBe('blue')
  const { x, y, side } = bubbleBox(layout, { width: 480, height: 270 })
  expect(await colourNameAt(made.preview!.file, 1, Math.round(x + side / 2), Math.round(y + side / 2))).not.toBe('blue')
})

test('a screen that stands still behind a cut is seen as it stood there', async () => {
  const still = await cutAsRecorder([...colours(8, ",select='not(mod(n,9))'"), ...tone(8)])
  const { videoId } = await house.given.recording(still, { cuts: [[0, 6_650]] })
  const made = await process(videoId, 'probe', 'original', 'poster', 'preview')
  expect(await colourNameAt(made.poster!.file, 0, 300, 100)).toBe('blue')
  expect(await colourNameAt(made.preview!.file, 0, 200, 100)).toBe('blue')
})

test('where every key frame is cut out there is no storyboard, and all else', async () => {
  const { videoId } = await house.given.recording(
    await cut(colours(4), ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '300']),
    {
      cuts: [[0, 3_500]],
    },
  )
  const made = await process(videoId, ...stages)
  expect(Object.keys(made).sort()).toEqual(['original', 'poster', 'preview'])
})

test('sound alone has nothing to show', async () => {
  const { videoId } = await house.given.recording(await cutAsRecorder(tone(3)))
  expect(Object.keys(await process(videoId, ...stages))).toEqual(['original'])
})
