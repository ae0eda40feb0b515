import { readFile } from 'node:fs/promises'
import { Waveform } from '@meanwhile/shared/contract/videos'
import { videos } from '@meanwhile/shared/db/schema/videos'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { plain, tone } from './cut.ts'
import { cutAsRecorder } from './cut-as-recorder.ts'
import { startHouse } from './house.ts'
import { stageByStage } from './stage-by-stage.ts'

const house = await startHouse()
const process = await stageByStage(house)

/** A sound by a formula, in stereo where `right` is given. */
const sound = (seconds: number, left: string, right?: string) => [
  ...['-f', 'lavfi', '-i', `aevalsrc='${right === undefined ? left : `${left}|${right}`}':s=48000:d=${seconds}`],
]
const spoken = (level: number, room = 0) =>
  `if(between(t,2,5)+between(t,5.4,5.9)+gte(t,8),0,${level}*sin(2*PI*400*t))+${room}*(random(0)-0.5)`

async function heard(args: string[], edits: { cuts?: [number, number][] } = {}) {
  const { videoId } = await house.given.recording(await cutAsRecorder(args), edits)
  const made = await process(videoId, 'probe', 'original', 'silence')
  const [video] = await house.db.select().from(videos).where(eq(videos.id, videoId))
  const waveform = made.waveform && Waveform.parse(JSON.parse(await readFile(made.waveform.file, 'utf8')))
  return { videoId, waveform, ...video!.sound! }
}

function expectNear(found: [number, number][], expected: [number, number][]) {
  expect(found).toHaveLength(expected.length)
  for (const [index, range] of expected.entries())
    for (const end of [0, 1] as const) expect(Math.abs(found[index]![end] - range[end])).toBeLessThanOrEqual(60)
}
const gaps: [number, number][] = [
  [2_250, 4_800],
  [8_250, 10_000],
]

test('pauses are found where they are, whatever is cut; the pause of a breath is none', async () => {
  const { silences, waveform } = await heard([...plain('blue', '320x180', 10), ...sound(10, spoken(0.3))], {
    cuts: [[1_000, 4_000]],
  })
  expectNear(silences, gaps)
  expect(waveform!.intervalMs).toBe(100)
  expect(Math.abs(waveform!.peaks.length - 100)).toBeLessThanOrEqual(1)
  expect(Math.abs(waveform!.peaks[10]! - 0.3 * 255)).toBeLessThan(15)
  expect(waveform!.peaks[35]).toBeLessThan(5)
})

test.each([
  { what: 'a very quiet voice', level: 0.004, room: 0.0002 },
  { what: 'a voice in a loud room', level: 0.3, room: 0.06 },
])('$what is told from its room', async ({ level, room }) => {
  expectNear((await heard(sound(10, spoken(level, room)))).silences, gaps)
})

test('loudness is that of EBU R 128, in stereo and in one channel that is heard from both sides', async () => {
  // −23 dBFS of 1 kHz in both channels is −23 LUFS (EBU Tech 3341, case 1).
  const tone1k = '0.0708*sin(2*PI*1000*t)'
  for (const args of [sound(8, tone1k, tone1k), sound(8, tone1k)]) {
    const { loudness, silences } = await heard(args)
    expect(Math.abs(loudness!.lufs + 23)).toBeLessThan(0.3)
    // What a codec adds at the beginning is measured too.
    expect(Math.abs(loudness!.truePeakDb + 23)).toBeLessThan(1.5)
    expect(silences).toEqual([])
  }
})

test('sound that comes later than the picture and goes before it is silence until then and from then on', async () => {
  const { silences, waveform } = await heard([...plain('blue', '320x180', 8), '-itsoffset', '2.5', ...tone(2)])
  expectNear(silences, [
    [0, 2_300],
    [4_750, 8_000],
  ])
  expect(Math.abs(waveform!.peaks.findIndex((peak) => peak > 20) - 25)).toBeLessThanOrEqual(1)
})

test('a recording without sound has neither silences nor a waveform', async () => {
  expect(await heard(plain('blue', '320x180', 3))).toMatchObject({ silences: [], loudness: null, waveform: undefined })
})

test('a microphone that was off is no silence that could be left out', async () => {
  const { silences, loudness, waveform } = await heard([...plain('blue', '320x180', 4), ...sound(4, '0')])
  expect({ silences, loudness }).toEqual({ silences: [], loudness: null })
  expect(new Set(waveform!.peaks)).toEqual(new Set([0]))
})
