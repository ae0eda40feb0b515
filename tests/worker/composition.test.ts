import type { BubbleLayout } from '@meanwhile/shared/contract/edits'
import { bubbleBox, defaultLayout } from '@meanwhile/shared/media/bubble'
import { expect, test } from 'vitest'
import { plain, tone } from './cut.ts'
import { cutAsRecorder } from './cut-as-recorder.ts'
import { startHouse } from './house.ts'
import { beeps, colourNameAt, decodeAll, flashes, frameTimes, look } from './looking.ts'
import { stageByStage } from './stage-by-stage.ts'

const house = await startHouse()
const process = await stageByStage(house)

const screen = { width: 854, height: 482 }
const size = `${screen.width}x${screen.height}`
const blue = await cutAsRecorder([...plain('blue', size, 4), ...tone(4)])
const red = await cutAsRecorder(plain('red', '320x240', 4, 25))

/** A screen that flashes and beeps together, for a tenth of every second. */
const metronome = (seconds: number) => [
  ...['-f', 'lavfi', '-i', `color=c=black:s=${size}:r=30:d=${seconds},drawbox=c=white:t=fill:enable='lt(mod(t,1),0.1)'`],
  ...['-f', 'lavfi', '-i', `aevalsrc='if(lt(mod(t,1),0.1),0.8*sin(2*PI*1000*t),0)':s=48000:d=${seconds}`],
]

async function bubbleIn(layout: BubbleLayout, { width, height }: { width: number; height: number }) {
  const { x, y, side } = bubbleBox(layout, { width, height })
  const at = (right: number, down: number) => [Math.round(x + right * side), Math.round(y + down * side)] as const
  return { middle: at(0.5, 0.5), corner: at(0.03, 0.03), nearCorner: at(0.12, 0.12), edge: at(0.5, 0.04), outside: at(0.5, -0.1) }
}

test('a round camera lies in its corner, in the download and in every rendition', async () => {
  const { videoId } = await house.given.recording(blue, { camera: red })
  const made = await process(videoId, 'probe', 'original', 'camera', 'download', 'renditions')
  const sizes = { download: screen, '480p': { width: 852, height: 480 } }
  for (const name of Object.keys(sizes)) {
    const { row, file } = made[name]!
    const { middle, corner, edge, outside } = await bubbleIn(defaultLayout, { width: row.width!, height: row.height! })
    expect(await colourNameAt(file, 2, ...middle)).toBe('red')
    expect(await colourNameAt(file, 2, ...edge)).toBe('red')
    expect(await colourNameAt(file, 2, ...corner)).toBe('blue')
    expect(await colourNameAt(file, 2, ...outside)).toBe('blue')
    const facts = await look(file)
    expect(facts).toMatchObject({ video: { codec: 'h264' }, audio: { codec: 'aac' } })
    expect(Math.abs(facts.durationS - 4)).toBeLessThan(0.05)
    expect((await decodeAll(file)).complaints).toBe('')
  }
  expect(await colourNameAt(made.original!.file, 2, ...(await bubbleIn(defaultLayout, screen)).middle)).toBe('blue')
  expect(await look(made.camera!.file)).toMatchObject({ video: { codec: 'h264', width: 320, height: 240 }, streams: 1 })
})

test('a rounded camera keeps what a round one loses, and goes where the author put it', async () => {
  const layout: BubbleLayout = { shape: 'rounded', size: 'large', x: 1, y: 0 }
  const { videoId } = await house.given.recording(blue, { camera: red, layout })
  const { download } = await process(videoId, 'probe', 'original', 'camera', 'download')
  const { middle, corner, nearCorner } = await bubbleIn(layout, screen)
  expect(await colourNameAt(download!.file, 2, ...middle)).toBe('red')
  expect(await colourNameAt(download!.file, 2, ...nearCorner)).toBe('red')
  expect(await colourNameAt(download!.file, 2, ...corner)).toBe('blue')
})

test('a camera that is switched off is nowhere to be seen', async () => {
  const layout: BubbleLayout = { ...defaultLayout, shape: 'off' }
  const { videoId } = await house.given.recording(blue, { camera: red, layout })
  const { download } = await process(videoId, 'probe', 'original', 'camera', 'download')
  expect(await colourNameAt(download!.file, 2, ...(await bubbleIn(defaultLayout, screen)).middle)).toBe('blue')
  expect(Math.abs((await look(download!.file)).durationS - 4)).toBeLessThan(0.05)
})

test('a camera that began late and died early is seen while it was there', async () => {
  const camera = await cutAsRecorder(plain('red', '320x240', 1.5, 25), { fromS: 1 })
  const { videoId } = await house.given.recording(blue, { camera })
  const { download, camera: alone } = await process(videoId, 'probe', 'original', 'camera', 'download')
  const { middle } = await bubbleIn(defaultLayout, screen)
  const seen = []
  for (const atS of [0.5, 0.9, 1.1, 2.4, 2.6, 3.5]) seen.push(await colourNameAt(download!.file, atS, ...middle))
  expect(seen).toEqual(['blue', 'blue', 'red', 'red', 'blue', 'blue'])
  expect(Math.abs((await look(download!.file)).durationS - 4)).toBeLessThan(0.05)
  expect((await look(alone!.file)).video!.startS).toBeCloseTo(1, 1)
})

test('a face moves on a screen that stands still', async () => {
  const still = await cutAsRecorder([...plain('blue', size, 4), ...tone(4), '-vf', "select='not(mod(n,9))'"])
  const { videoId } = await house.given.recording(still, { camera: red })
  const { download, original } = await process(videoId, 'probe', 'original', 'camera', 'download')
  expect((await decodeAll(original!.file)).frames).toBeLessThan(20)
  expect((await decodeAll(download!.file)).frames).toBeGreaterThanOrEqual(98)
})

test('cuts are left out at their moments: lengths are right, and picture and sound stay together', async () => {
  const cuts: [number, number][] = [
    [1_500, 3_200],
    [5_300, 6_500],
  ]
  const { videoId } = await house.given.recording(await cutAsRecorder(metronome(8)), { cuts })
  const made = await process(videoId, 'probe', 'original', 'download', 'renditions')
  for (const name of ['download', '480p']) {
    const { file } = made[name]!
    const facts = await look(file)
    for (const track of [facts.video!, facts.audio!]) expect(Math.abs(track.endS - 5.1)).toBeLessThan(0.034)
    const [seen, heard] = [await flashes(file), await beeps(file)]
    const expected = [0, 1, 2.3, 3.3, 4.1]
    expect(heard).toHaveLength(expected.length)
    expect(seen).toHaveLength(expected.length)
    for (const [index, atS] of expected.entries()) {
      expect(Math.abs(seen[index]! - atS)).toBeLessThan(0.034)
      expect(Math.abs(seen[index]! - heard[index]!)).toBeLessThan(0.04)
    }
    expect((await decodeAll(file)).complaints).toBe('')
  }
  // The original is as it was recorded.
  expect(Math.abs((await look(made.original!.file)).durationS - 8)).toBeLessThan(0.05)
})

test('behind a cut is seen at once what stood there, also where no frame came for a while', async () => {
  const slow = ['-vf', "drawbox=c=green:t=fill:enable='gte(t,2)',select='not(mod(n,9))'"]
  const main = await cutAsRecorder([...plain('blue', size, 4), ...tone(4), ...slow])
  // A camera that is not there yet changes nothing of it.
  const camera = await cutAsRecorder(plain('red', '320x240', 1, 25), { fromS: 3 })
  const { videoId } = await house.given.recording(main, { camera, cuts: [[1_000, 2_350]] })
  const { download } = await process(videoId, 'probe', 'original', 'camera', 'download')
  expect(await colourNameAt(download!.file, 0.85, 400, 200)).toBe('blue')
  // The frame of 2.1 s stood at 2.35 s; the next one came at 2.4 s.
  const [at] = (await frameTimes(download!.file)).filter((atS) => atS > 0.95)
  expect(at).toBeCloseTo(1, 2)
  expect(await colourNameAt(download!.file, 0.97, 400, 200)).toBe('green')
  expect(Math.abs((await look(download!.file)).audio!.endS - 2.65)).toBeLessThan(0.034)
})

test('a beginning and an end are cut off, with the camera still in its place and time', async () => {
  const camera = await cutAsRecorder([...plain('red', '320x240', 4, 25), '-vf', "drawbox=c=green:t=fill:enable='gte(t,2)'"])
  const cuts: [number, number][] = [
    [0, 1_000],
    [3_000, 4_000],
  ]
  const { videoId } = await house.given.recording(blue, { camera, cuts })
  const { download } = await process(videoId, 'probe', 'original', 'camera', 'download')
  const { middle } = await bubbleIn(defaultLayout, screen)
  const seen = []
  for (const atS of [0.05, 0.9, 1.1, 1.9]) seen.push(await colourNameAt(download!.file, atS, ...middle))
  expect(seen).toEqual(['red', 'red', 'green', 'green'])
  expect(Math.abs((await look(download!.file)).durationS - 2)).toBeLessThan(0.034)
})

test('sound alone is cut too', async () => {
  const cuts: [number, number][] = [[1_000, 2_500]]
  const { videoId } = await house.given.recording(await cutAsRecorder(tone(5)), { cuts })
  const made = await process(videoId, 'probe', 'original', 'poster', 'storyboard', 'download', 'renditions')
  expect(Object.keys(made).sort()).toEqual(['audio', 'download', 'original'])
  expect(await look(made.download!.file)).toMatchObject({ streams: 1, audio: { codec: 'aac' } })
  expect(Math.abs((await look(made.download!.file)).durationS - 3.5)).toBeLessThan(0.034)
})

test('a recording of which everything is cut out says so', async () => {
  const { videoId } = await house.given.recording(blue, { cuts: [[0, 60_000]] })
  await process(videoId, 'probe', 'original')
  await expect(process(videoId, 'download')).rejects.toThrow()
  expect((await house.stagesOf(videoId)).download).toMatchObject({
    state: 'failed',
    error: 'Everything is cut out: there is nothing left to watch.',
  })
})
