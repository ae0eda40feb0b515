import { videos } from '@meanwhile/shared/db/schema/videos'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { behindEachOther, plain, tone } from './cut.ts'
import { cutAsRecorder, vp9 } from './cut-as-recorder.ts'
import { startHouse } from './house.ts'
import { beeps, colourNameAt, decodeAll, flashes, look } from './looking.ts'
import { stageByStage } from './stage-by-stage.ts'

const house = await startHouse()
const process = await stageByStage(house)

const checkedOf = async (videoId: string) => {
  const [video] = await house.db.select().from(videos).where(eq(videos.id, videoId))
  return video?.checked
}

test('a recording whose encoder began anew in another size is one file, on one clock, in the largest size', async () => {
  const first = await cutAsRecorder([...plain('blue', '640x360', 3), ...tone(3)])
  const second = await cutAsRecorder([...plain('green', '360x360', 2.5, 20), ...tone(2.5)], { fromS: 3.2 })
  const { videoId } = await house.given.recording(await behindEachOther(first, second))
  const { original, ...made } = await process(videoId, 'probe', 'original', 'poster', 'storyboard', 'renditions')
  const { row, file } = original!
  expect(row).toMatchObject({ width: 640, height: 360, codecs: expect.stringMatching(/^avc1\.64[0-9a-f]{4},mp4a\.40\.2$/) })
  const facts = await look(file)
  expect(facts).toMatchObject({ video: { codec: 'h264', width: 640, height: 360 }, audio: { codec: 'aac' } })
  expect(Math.abs(facts.durationS - 5.7)).toBeLessThan(0.06)
  expect(await decodeAll(file)).toEqual({ frames: 90 + 50, complaints: '' })
  expect(await colourNameAt(file, 1, 320, 180)).toBe('blue')
  expect(await colourNameAt(file, 3.1, 320, 180)).toBe('green')
  expect(await colourNameAt(file, 4, 320, 180)).toBe('green')
  // What is narrower has black beside it.
  expect(await colourNameAt(file, 4, 40, 180)).toBe('black')
  expect(Object.keys(made).sort()).toEqual(['audio', 'poster', 'storyboard', 'storyboard-index'])
  expect(await checkedOf(videoId)).toEqual({ main: 2 + 1 + 2 })
})

test('picture and sound stay together across every new beginning', async () => {
  const beat = (seconds: number, from: number) => [
    ...[
      '-f',
      'lavfi',
      '-i',
      `color=c=black:s=320x180:r=30:d=${seconds},drawbox=c=white:t=fill:enable='lt(mod(t+${from},1),0.1)'`,
    ],
    ...['-f', 'lavfi', '-i', `aevalsrc='if(lt(mod(t+${from},1),0.1),0.8*sin(2*PI*1000*t),0)':s=48000:d=${seconds}`],
  ]
  const all = []
  for (const [fromS, seconds] of [
    [0, 2.5],
    [2.7, 2],
    [4.9, 2.1],
  ] as const)
    all.push(await cutAsRecorder(beat(seconds, fromS), { fromS }))
  const { videoId } = await house.given.recording(await behindEachOther(...all))
  const { original } = await process(videoId, 'probe', 'original')
  const [seen, heard] = [await flashes(original!.file), await beeps(original!.file)]
  const expected = [0, 1, 2, 3, 4, 5, 6]
  expect([seen.length, heard.length]).toEqual([7, 7])
  for (const atS of expected) {
    expect(Math.abs(seen[atS]! - atS)).toBeLessThan(0.04)
    expect(Math.abs(seen[atS]! - heard[atS]!)).toBeLessThan(0.04)
  }
})

test('a recording in VP9 and Opus gets an original in H.264 and AAC', async () => {
  const recording = await cutAsRecorder([...plain('blue', '640x360', 4), ...tone(4)], { codecs: vp9 })
  const { videoId } = await house.given.recording(recording)
  const { original, poster } = await process(videoId, 'probe', 'original', 'poster', 'storyboard')
  const facts = await look(original!.file)
  expect(facts).toMatchObject({ video: { codec: 'h264', width: 640 }, audio: { codec: 'aac' }, streams: 2 })
  expect(Math.abs(facts.durationS - 4)).toBeLessThan(0.06)
  expect(await decodeAll(original!.file)).toEqual({ frames: 120, complaints: '' })
  expect(await colourNameAt(original!.file, 2, 320, 180)).toBe('blue')
  expect(poster!.row.width).toBe(640)
  expect(await checkedOf(videoId)).toEqual({ main: recording.numbers.length - 1 })
})

test('a recording that loses its sound keeps its picture, and sound that comes back comes at its moment', async () => {
  const heard = await cutAsRecorder([...plain('blue', '320x180', 2), ...tone(2)])
  const silent = await cutAsRecorder(plain('green', '320x180', 2), { fromS: 2 })
  const again = await cutAsRecorder([...plain('red', '320x180', 2), ...tone(2)], { fromS: 4 })
  const { videoId } = await house.given.recording(await behindEachOther(heard, silent, again))
  const { original } = await process(videoId, 'probe', 'original')
  const facts = await look(original!.file)
  expect(Math.abs(facts.audio!.endS - 6)).toBeLessThan(0.06)
  expect(Math.abs(facts.video!.endS - 6)).toBeLessThan(0.06)
  const moments = await beeps(original!.file)
  expect(moments).toHaveLength(2)
  expect(Math.abs(moments[1]! - 4)).toBeLessThan(0.04)
})

test('a microphone that came later than the screen and went before it is heard while it was there', async () => {
  const late = await cutAsRecorder([...plain('blue', '320x180', 7), '-itsoffset', '2.5', ...tone(2)])
  const { videoId } = await house.given.recording(late)
  const { original } = await process(videoId, 'probe', 'original')
  const facts = await look(original!.file)
  expect(Math.abs(facts.video!.endS - 7)).toBeLessThan(0.05)
  const moments = await beeps(original!.file)
  expect(moments).toHaveLength(1)
  expect(Math.abs(moments[0]! - 2.5)).toBeLessThan(0.05)
})

test('a camera that was coded in VP9 gets a file that everything plays, at its moment; all of it is checked', async () => {
  const main = await cutAsRecorder([...plain('blue', '320x180', 4), ...tone(4)])
  const camera = await cutAsRecorder(plain('red', '320x240', 2, 25), { fromS: 1.5, codecs: vp9 })
  const { videoId } = await house.given.recording(main, { camera })
  const { camera: made } = await process(videoId, 'probe', 'original', 'camera')
  const facts = await look(made!.file)
  expect(facts).toMatchObject({ video: { codec: 'h264', width: 320, height: 240 }, streams: 1 })
  expect(facts.video!.startS).toBeCloseTo(1.5, 1)
  expect(await checkedOf(videoId)).toEqual({ main: main.numbers.length - 1, camera: camera.numbers.length - 1 })
})

test('sound alone whose encoder began anew is one file of sound', async () => {
  const { videoId } = await house.given.recording(
    await behindEachOther(await cutAsRecorder(tone(3)), await cutAsRecorder(tone(2), { fromS: 3.5 })),
  )
  const made = await process(videoId, 'probe', 'original', 'poster', 'storyboard', 'renditions')
  expect(Object.keys(made).sort()).toEqual(['audio', 'original'])
  const facts = await look(made.original!.file)
  expect(facts).toMatchObject({ audio: { codec: 'aac' }, streams: 1 })
  expect(Math.abs(facts.durationS - 5.5)).toBeLessThan(0.06)
})
