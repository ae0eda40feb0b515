import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { mediaPlaylist } from '@meanwhile/server/media/playlists'
import type { Track } from '@meanwhile/shared/contract/videos'
import { segments, stages, videos } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import { openFfmpeg } from '@meanwhile/worker/ffmpeg/run'
import { fillHoles } from '@meanwhile/worker/schedules/holes'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { plain, tone } from './cut.ts'
import { cutAsRecorder } from './cut-as-recorder.ts'
import { log, programs, type Segments, scratchFolders, startHouse } from './house.ts'
import { beeps, colourNameAt, decodeAll, look } from './looking.ts'
import { stageByStage } from './stage-by-stage.ts'

const house = await startHouse()
const { db, storage, queue } = house
const process = await stageByStage(house)
const ffmpeg = await openFfmpeg(programs, log)
const fill = () => fillHoles({ db, storage, queue, ffmpeg, log, signal: new AbortController().signal }, 24)

/** Ten seconds whose colour and sound change every two: five segments. */
const colours = ['blue', 'green', 'red', 'blue', 'green']
const drawn = colours.map((colour, index) => `drawbox=c=${colour}:t=fill:enable='between(t,${index * 2},${index * 2 + 1.999})'`)
const recording = await cutAsRecorder([...plain('black', '320x180', 10), ...tone(10), '-vf', drawn.join(',')])

/** A recording that the server finished `hours` ago without some segments, which never came. */
async function abandoned(main: Segments, missing: number[], hours: number, camera?: { segments: Segments; missing: number[] }) {
  const { videoId } = await house.given.recording(main, camera ? { camera: camera.segments } : {})
  const lost: [Track, number[]][] = [['main', missing], ...(camera ? ([['camera', camera.missing]] as [Track, number[]][]) : [])]
  for (const [track, numbers] of lost)
    await db
      .delete(segments)
      .where(and(eq(segments.videoId, videoId), eq(segments.track, track), inArray(segments.number, numbers)))
  const longAgo = sql`now() - make_interval(hours => ${hours})`
  await db.update(segments).set({ createdAt: longAgo }).where(eq(segments.videoId, videoId))
  const first = (numbers: number[], all: Segments) => Math.min(all.numbers.length, ...numbers) - 1
  const finishedSegments = {
    main: first(missing, main),
    ...(camera ? { camera: first(camera.missing, camera.segments) } : {}),
  }
  await db.update(videos).set({ createdAt: longAgo, recoveredAt: longAgo, finishedSegments }).where(eq(videos.id, videoId))
  return videoId
}

const videoOf = async (videoId: string) => (await db.select().from(videos).where(eq(videos.id, videoId)))[0]!
const rowsOf = (videoId: string, track: Track = 'main') =>
  db
    .select()
    .from(segments)
    .where(and(eq(segments.videoId, videoId), eq(segments.track, track)))
    .orderBy(segments.number)

/** Plays the playlist of a track as HLS, from files. @returns the file that came out, and what was complained of */
async function playedHls(videoId: string, track: Track = 'main') {
  const dir = join(house.dataDir, `hls-${videoId}-${track}`)
  await mkdir(dir)
  const playlist = await mediaPlaylist(db, videoId, track)
  await writeFile(join(dir, 'list.m3u8'), playlist!.text)
  for (const { number } of await rowsOf(videoId, track))
    await storage.download(keys.segment(videoId, track, number), join(dir, `${String(number).padStart(6, '0')}.m4s`))
  const file = join(dir, 'played.mkv')
  const args = ['-v', 'error', '-nostdin', '-allowed_extensions', 'ALL', '-i', join(dir, 'list.m3u8'), '-fps_mode', 'vfr']
  const { stderr } = await promisify(execFile)(programs.ffmpegPath, [...args, '-c:v', 'libx264', '-c:a', 'pcm_s16le', file])
  return { file, complaints: stderr.trim(), text: playlist!.text }
}

test.each([
  {
    what: 'one segment',
    missing: [3],
    filledMs: [2_000],
    stands: [
      { atS: 4.5, colour: 'green' },
      { atS: 6.5, colour: 'blue' },
    ],
  },
  {
    what: 'two segments',
    missing: [2, 3],
    filledMs: [2_000, 2_000],
    stands: [
      { atS: 2.5, colour: 'blue' },
      { atS: 5.5, colour: 'blue' },
    ],
  },
])('a hole of $what is closed with a still picture and silence of its exact length', async ({ missing, filledMs, stands }) => {
  const videoId = await abandoned(recording, missing, 30)
  expect(await fill()).toEqual([videoId])

  const rows = await rowsOf(videoId)
  expect(rows.map(({ number }) => number)).toEqual(recording.numbers)
  const filled = rows.filter((row) => row.filled)
  expect(filled.map(({ number }) => number)).toEqual(missing)
  for (const [index, { durationMs }] of filled.entries()) expect(Math.abs(durationMs - filledMs[index]!)).toBeLessThan(1)
  expect(await videoOf(videoId)).toMatchObject({ finishedSegments: { main: 5 }, durationMs: 10_000 })

  const { file, complaints, text } = await playedHls(videoId)
  expect(complaints).toBe('')
  expect(text.match(/#EXT-X-DISCONTINUITY/g)!.length).toBe(missing.length + 1)
  expect(Math.abs((await look(file)).durationS - 10)).toBeLessThan(0.05)

  const { original } = await process(videoId, 'probe', 'original')
  for (const { atS, colour } of stands) expect(await colourNameAt(original!.file, atS, 160, 90)).toBe(colour)
  const facts = await look(original!.file)
  for (const track of [facts.video!, facts.audio!]) expect(Math.abs(track.endS - 10)).toBeLessThan(0.06)
  expect((await decodeAll(original!.file)).complaints).toBe('')
  const moments = await beeps(original!.file)
  expect(moments).toHaveLength(2)
  expect(Math.abs(moments[1]! - missing.at(-1)! * 2)).toBeLessThan(0.06)
  // What was filled in was never sent, so it cannot be compared.
  expect((await videoOf(videoId)).checked).toEqual({ main: 5 - missing.length })
  expect(await scratchFolders()).toEqual([])
})

test('the stages of a recording that grew are done again', async () => {
  const videoId = await abandoned(recording, [4], 30)
  await db.update(stages).set({ state: 'done', progress: 1 }).where(eq(stages.videoId, videoId))
  expect(await fill()).toEqual([videoId])
  const states = Object.values(await house.stagesOf(videoId)).map(({ state }) => state)
  expect(new Set(states)).toEqual(new Set(['waiting']))
})

test('a hole in the camera is closed too, and two holes at once', async () => {
  const camera = await cutAsRecorder(plain('red', '160x120', 10, 25))
  const videoId = await abandoned(recording, [2, 4], 30, { segments: camera, missing: [3] })
  expect(await fill()).toEqual([videoId])
  expect((await videoOf(videoId)).finishedSegments).toEqual({ main: 5, camera: 5 })
  for (const track of ['main', 'camera'] as const) {
    const { file, complaints } = await playedHls(videoId, track)
    expect(complaints).toBe('')
    expect(Math.abs((await look(file)).durationS - 10)).toBeLessThan(0.05)
  }
})

test('a recording of sound alone gets silence', async () => {
  const sound = await cutAsRecorder(tone(10))
  const videoId = await abandoned(sound, [3], 30)
  expect(await fill()).toEqual([videoId])
  const { original } = await process(videoId, 'probe', 'original')
  expect(Math.abs((await look(original!.file)).durationS - 10)).toBeLessThan(0.06)
  expect(await beeps(original!.file)).toHaveLength(2)
})

test('several workers fill a hole once', async () => {
  const videoId = await abandoned(recording, [3], 30)
  const grown = await Promise.all([fill(), fill(), fill()])
  expect(grown.flat()).toEqual([videoId])
  expect((await rowsOf(videoId)).filter((row) => row.filled)).toHaveLength(1)
  expect(await fill()).toEqual([])
})

test('nothing is filled as long as the segment may still come', async () => {
  const videoId = await abandoned(recording, [3], 20)
  expect(await fill()).toEqual([])
  expect((await rowsOf(videoId)).some((row) => row.filled)).toBe(false)
})

test('a hole behind which nothing can be decoded stays: what is there stays as it is', async () => {
  const other = await cutAsRecorder([...plain('red', '160x90', 2), ...tone(2)], {
    codecs: ['-c:v', 'libx264', '-profile:v', 'high', '-c:a', 'aac'],
  })
  // The init segment that the last part belongs to is what never came.
  const bytes = [...(await Promise.all([0, 1, 2].map((number) => recording.bytes(number)))), await other.bytes(1)]
  const numbers = [0, 1, 2, 4]
  const odd = { numbers, bytes: async (number: number) => bytes[numbers.indexOf(number)] ?? Buffer.alloc(0) }
  const videoId = await abandoned(odd, [3], 30)
  expect(await fill()).toEqual([])
  expect((await rowsOf(videoId)).map(({ number }) => number)).toEqual([0, 1, 2, 4])
})
