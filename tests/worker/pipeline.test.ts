import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assets } from '@meanwhile/shared/db/schema/videos'
import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { cut, picture, tone } from './cut.ts'
import { cutAsRecorder } from './cut-as-recorder.ts'
import { type Apart, type Segments, scratchFolders, startHouse } from './house.ts'
import { brightness, decodeAll, keyFrames, look } from './looking.ts'

const house = await startHouse()
const worker = await house.given.worker()
afterAll(() => worker.close())

/** Processes a recording to the end, and fetches what was published. */
async function processed(recording: Segments, other: Apart = {}) {
  const { videoId } = await house.given.recording(recording, other)
  for (const name of ['poster', 'silence', 'preview', 'storyboard', 'renditions'] as const)
    await house.until(videoId, name, 'done')
  const rows = await house.db.select().from(assets).where(eq(assets.videoId, videoId))
  const made: Record<string, { row: (typeof rows)[number]; file: string }> = {}
  for (const row of rows) {
    const file = join(house.dataDir, `${videoId}-${row.key.split('/').at(-1)}`)
    await house.storage.download(row.key, file)
    made[row.name] = { row, file }
  }
  return { videoId, made }
}

const together = (facts: Awaited<ReturnType<typeof look>>) => Math.abs((facts.video?.endS ?? 0) - (facts.audio?.endS ?? 0))

test('a recording gets an original, a poster, a storyboard and lower renditions, all of the right size and length', async () => {
  const { videoId, made } = await processed(await cutAsRecorder([...picture('1920x1080', 7), ...tone(7)]))
  expect(Object.keys(made).sort()).toEqual([
    '480p',
    '720p',
    'audio',
    'original',
    'poster',
    'preview',
    'storyboard',
    'storyboard-index',
    'waveform',
  ])
  const sizes = { original: [1920, 1080], '720p': [1280, 720], '480p': [854, 480] }
  for (const [name, [width, height]] of Object.entries(sizes)) {
    const { row, file } = made[name]!
    const facts = await look(file)
    expect(facts.video).toMatchObject({ codec: 'h264', width, height })
    expect(row).toMatchObject({ width, height, codecs: expect.stringMatching(/^avc1\.[0-9a-f]{6},mp4a\.40\.2$/) })
    expect(Math.abs(facts.durationS - 7)).toBeLessThan(0.1)
    expect(Math.abs((row.durationMs ?? 0) - facts.durationS * 1000)).toBeLessThan(2)
    expect(together(facts)).toBeLessThan(0.1)
    expect(await decodeAll(file)).toEqual({ frames: 210, complaints: '' })
    const head = (await readFile(file)).subarray(0, 64 * 1024).toString('latin1')
    expect(head.indexOf('moov')).toBeGreaterThan(0)
    expect(head.indexOf('moov')).toBeLessThan(head.indexOf('mdat') === -1 ? Number.POSITIVE_INFINITY : head.indexOf('mdat'))
  }
  expect(await look(made.poster!.file)).toMatchObject({ video: { codec: 'mjpeg', width: 1280, height: 720 } })
  expect(await scratchFolders()).toEqual([])
  const stages = await house.stagesOf(videoId)
  for (const stage of Object.values(stages)) expect(stage).toMatchObject({ progress: 1, attempts: 1, error: null, leaseId: null })
}, 120_000)

test('a rendition is also there as HLS segments of about four seconds, each of which plays from its own bytes', async () => {
  const { made } = await processed(await cutAsRecorder([...picture('1280x720', 9), ...tone(9)]))
  const { row, file } = made['480p']!
  const moments = await keyFrames(file)
  expect(moments.map((moment) => Math.round(moment))).toEqual([0, 4, 8])

  const hls = join(house.dataDir, '480p-hls.mp4')
  await house.storage.download(row.hlsKey!, hls)
  const bytes = await readFile(hls)
  const { init, segments } = row.hlsIndex!
  expect(segments.map(([, , ms]) => Math.round(ms / 100))).toEqual([40, 40, 10])
  expect(init[0] + init[1]).toBe(segments[0]![0])
  const [from, length] = segments[1]!
  const second = join(house.dataDir, 'second.mp4')
  await writeFile(second, Buffer.concat([bytes.subarray(init[0], init[0] + init[1]), bytes.subarray(from, from + length)]))
  expect(await decodeAll(second)).toEqual({ frames: 120, complaints: '' })
  const [whole, original] = [await look(hls), await look(made.original!.file)]
  expect(whole.video!.startS - whole.audio!.startS).toBeCloseTo(original.video!.startS - original.audio!.startS, 1)
})

test('a screen that mostly stands still keeps its times: no frame is made up', async () => {
  const still = ['-vf', "select='lt(mod(t,5),1)+lt(mod(n,37),1)'"]
  const { made } = await processed(await cutAsRecorder([...picture('854x482', 12), ...tone(12), ...still]))
  const [original, small] = [await look(made.original!.file), await look(made['480p']!.file)]
  expect(original.video!.startS).toBe(0)
  for (const facts of [original, small]) expect(Math.abs(facts.durationS - 12)).toBeLessThan(0.1)
  const { frames } = await decodeAll(made.original!.file)
  expect(frames).toBeLessThan(120)
  expect(await decodeAll(made['480p']!.file)).toEqual({ frames, complaints: '' })
})

test.each([
  ['begins', "select='if(lt(t,1),not(mod(n,15)),not(mod(n,3)))'"],
  ['ends', "select='if(lt(t,3),not(mod(n,3)),not(mod(n,15)))'"],
])('a screen that %s still is as long as it was recorded, also in its renditions', async (_when, still) => {
  const { made } = await processed(await cutAsRecorder([...picture('854x482', 4.25, 60), ...tone(4.25), '-vf', still]))
  for (const name of ['original', '480p']) expect(Math.abs((await look(made[name]!.file)).durationS - 4.25)).toBeLessThan(0.3)
  const { segments } = made['480p']!.row.hlsIndex!
  expect(segments).toHaveLength(2)
  expect(segments[0]![2]).toBeCloseTo(4000, -2)
  expect(segments[1]![2]).toBeLessThan(500)
})

test('the storyboard has a picture every two seconds, and its index says where', async () => {
  const { made } = await processed(await cut(picture('640x360', 25), ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '300']))
  const index = await readFile(made['storyboard-index']!.file, 'utf8')
  const cues = [...index.matchAll(/(\S+) --> (\S+)\nstoryboard\.jpg#xywh=(\d+),(\d+),160,90/g)]
  expect(index.startsWith('WEBVTT\n\n')).toBe(true)
  expect(cues).toHaveLength(13)
  expect(cues[0]?.slice(1)).toEqual(['00:00:00.000', '00:00:02.000', '0', '0'])
  expect(cues[12]?.slice(1)).toEqual(['00:00:24.000', '00:00:25.000', '320', '90'])
  expect(made.storyboard!.row).toMatchObject({ width: 1600, height: 180 })
  // Key frames are ten seconds apart here: the last tile shows the last of them, and is not black.
  expect(await brightness(made.storyboard!.file, '160:90:320:90')).toBeGreaterThan(30)
  expect(made.original!.row.codecs).toMatch(/^avc1\.[0-9a-f]{6}$/)
})

test('sound that was kept apart and began later is put back at its moment', async () => {
  const main = await cut(picture('640x360', 6))
  const audio = await cut([...tone(5.5), '-output_ts_offset', '0.5'], ['-c:a', 'aac', '-muxdelay', '0'])
  const { made } = await processed(main, { audio })
  const facts = await look(made.original!.file)
  expect(facts.streams).toBe(2)
  expect(Math.abs(facts.durationS - 6)).toBeLessThan(0.1)
  expect(facts.audio!.startS - facts.video!.startS).toBeCloseTo(0.5, 1)
})

test('a phone’s upright recording stays upright', async () => {
  const { made } = await processed(await cut([...picture('720x1280', 3), ...tone(3)]))
  expect(await look(made['480p']!.file)).toMatchObject({ video: { width: 480, height: 854 } })
  expect(Object.keys(made)).not.toContain('720p')
  expect(await look(made.poster!.file)).toMatchObject({ video: { width: 720, height: 1280 } })
})

test('a recording of sound alone gets an original, and needs no pictures', async () => {
  const { made } = await processed(await cut(tone(5), ['-c:a', 'aac']))
  expect(Object.keys(made).sort()).toEqual(['audio', 'original', 'waveform'])
  expect(made.original!.row).toMatchObject({ width: null, height: null, codecs: 'mp4a.40.2' })
  expect(Math.abs((await look(made.original!.file)).durationS - 5)).toBeLessThan(0.1)
})

test('a small recording is not enlarged, and segments whose sound overlaps by a frame are put together', async () => {
  const { made } = await processed(await cutAsRecorder([...picture('320x180', 5), ...tone(5)], { overlapping: true }))
  expect(Math.abs((await look(made.original!.file)).durationS - 5)).toBeLessThan(0.1)
  expect(Object.keys(made).sort()).toEqual([
    'audio',
    'original',
    'poster',
    'preview',
    'storyboard',
    'storyboard-index',
    'waveform',
  ])
  expect(await look(made.poster!.file)).toMatchObject({ video: { width: 320, height: 180 } })
})
