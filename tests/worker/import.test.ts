import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { fileParts, segments, videos } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import { openFfmpeg } from '@meanwhile/worker/ffmpeg/run'
import { runStage } from '@meanwhile/worker/run-stage'
import { importFile } from '@meanwhile/worker/stages/import'
import { original } from '@meanwhile/worker/stages/original'
import { probe } from '@meanwhile/worker/stages/probe'
import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { makeFile } from '../support/make-file.ts'
import { picture, tone } from './cut.ts'
import { log, programs, startHouse } from './house.ts'
import { decodeAll, keyFrames, look } from './looking.ts'
import { givenUpload } from './upload.ts'

const house = await startHouse()
const { db, storage, queue } = house
const ffmpeg = await openFfmpeg(programs, log)
const stages = { import: importFile, probe, original }
const never = new AbortController().signal

async function run(videoId: string, stage: keyof typeof stages) {
  await runStage({ db, storage, queue, ffmpeg, stages, log }, { videoId, stage, requestId: null }, never)
  return (await house.stagesOf(videoId))[stage]
}

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
const every2s = ['-g', '60', '-keyint_min', '60', '-sc_threshold', '0']
const short = [...picture('320x180', 5), ...tone(5)]
const mp4 = await makeFile(
  'a.mp4',
  ...short,
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-pix_fmt',
  'yuv420p',
  ...every2s,
  '-c:a',
  'aac',
  '-movflags',
  '+faststart',
)

/** Imports a file and everything that a recording needs to be played. */
async function imported(bytes: Buffer) {
  const { videoId, updateId } = await givenUpload(house, bytes)
  const stage = await run(videoId, 'import')
  expect(stage).toMatchObject({ state: 'done' })
  const rows = await db.select().from(segments).where(eq(segments.videoId, videoId)).orderBy(asc(segments.number))
  const file = join(house.dataDir, `${videoId}.mp4`)
  const parts = []
  for (const { number } of rows)
    for await (const chunk of await storage.read(keys.segment(videoId, 'main', number))) parts.push(chunk)
  await writeFile(file, Buffer.concat(parts))
  return { videoId, updateId, stage, rows, file, lengthMs: rows.reduce((sum, { durationMs }) => sum + durationMs, 0) }
}

const h264 = async (file: string) => (await look(file)).video?.codec

test.each([
  { what: 'MP4 with H.264 and AAC', bytes: mp4, seconds: 5 },
  {
    what: 'MKV with H.264 and Opus',
    bytes: await makeFile('a.mkv', ...short, ...x264, ...every2s, '-c:a', 'libopus'),
    seconds: 5,
  },
  {
    what: 'WebM with VP9 and Opus',
    bytes: await makeFile('a.webm', ...short, '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus'),
    seconds: 5,
  },
  {
    what: 'MP4 with ten bits a colour',
    bytes: await makeFile('a.mp4', ...short, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le'),
    seconds: 5,
  },
  {
    what: 'MP4 with one key frame',
    bytes: await makeFile('a.mp4', ...picture('320x180', 12), ...tone(12), ...x264, '-g', '9999', '-c:a', 'aac'),
    seconds: 12,
  },
  {
    what: 'MOV with sound in PCM',
    bytes: await makeFile('a.mov', ...short, ...x264, ...every2s, '-c:a', 'pcm_s16le'),
    seconds: 5,
  },
])('$what becomes segments of about two seconds that can be played', async ({ bytes, seconds }) => {
  const { videoId, updateId, rows, file, lengthMs } = await imported(bytes)
  expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index))
  expect(Math.abs(lengthMs - seconds * 1000)).toBeLessThan(100)
  for (const { durationMs } of rows.slice(1, -1)) expect(Math.abs(durationMs - 2000)).toBeLessThan(100)
  const facts = await look(file)
  expect(facts.video).toMatchObject({ codec: 'h264', startS: 0 })
  expect(facts.audio).toMatchObject({ codec: 'aac' })
  expect(facts.audio?.startS).toBeLessThan(0.03)
  expect(await decodeAll(file)).toEqual({ frames: seconds * 30, complaints: '' })
  expect((await keyFrames(file)).length).toBeGreaterThanOrEqual(rows.length - 1)

  // From here on it is a recording like any other, and the file is gone.
  const [video] = await db.select().from(videos).where(eq(videos.id, videoId))
  expect(video).toMatchObject({
    finishedSegments: { main: rows.length - 1 },
    recoveredAt: null,
    durationMs: Math.round(lengthMs),
  })
  expect((await db.select().from(updates).where(eq(updates.id, updateId)))[0]?.publishedAt).not.toBeNull()
  expect(await db.select().from(fileParts).where(eq(fileParts.videoId, videoId))).toEqual([])
  expect(await storage.size(keys.filePart(videoId, 1))).toBeNull()
  expect(await run(videoId, 'probe')).toMatchObject({ state: 'done', error: null })
  expect(await run(videoId, 'original')).toMatchObject({ state: 'done', error: null })
})

test('what can be copied is copied: not a byte of the picture changes', async () => {
  const frames = async (file: string) => {
    const { execFile } = await import('node:child_process')
    const args = ['-v', 'error', '-i', file, '-map', '0:v:0', '-c', 'copy', '-bsf:v', 'h264_mp4toannexb', '-f', 'md5', '-']
    return new Promise<string>((done, failed) =>
      execFile(programs.ffmpegPath, args, (error, out) => (error ? failed(error) : done(out))),
    )
  }
  const source = join(house.dataDir, 'source.mp4')
  await writeFile(source, mp4)
  const { file } = await imported(mp4)
  expect(await frames(file)).toBe(await frames(source))
})

test('a phone that was held upright is shown upright', async () => {
  const flat = join(house.dataDir, 'flat.mp4')
  await writeFile(flat, mp4)
  const { file } = await imported(await makeFile('a.mov', '-i', flat, '-c', 'copy', '-metadata:s:v', 'rotate=90'))
  expect((await look(file)).video).toMatchObject({ codec: 'h264', width: 180, height: 320 })
})

test('a picture with odd sides becomes one with even sides', async () => {
  const { file } = await imported(await makeFile('a.mp4', ...picture('641x361', 2), '-c:v', 'libx264', '-pix_fmt', 'yuv444p'))
  expect((await look(file)).video).toMatchObject({ width: 640, height: 360 })
})

const hasHevc = await makeFile('a.mp4', ...picture('320x180', 3), '-c:v', 'libx265', '-x265-params', 'log-level=none').catch(
  () => null,
)
test.skipIf(!hasHevc)('HEVC becomes H.264', async () => {
  const { file, lengthMs } = await imported(hasHevc!)
  expect(await h264(file)).toBe('h264')
  expect(Math.abs(lengthMs - 3000)).toBeLessThan(100)
})

test.each([
  { what: 'MP3', bytes: await makeFile('a.mp3', ...tone(5)) },
  { what: 'WAV', bytes: await makeFile('a.wav', ...tone(5)) },
  { what: 'M4A', bytes: await makeFile('a.m4a', ...tone(5), '-c:a', 'aac') },
  { what: 'AAC', bytes: await makeFile('a.aac', ...tone(5), '-c:a', 'aac') },
  { what: 'OGG', bytes: await makeFile('a.ogg', ...tone(5), '-c:a', 'libvorbis') },
  { what: 'FLAC', bytes: await makeFile('a.flac', ...tone(5)) },
])('$what is sound alone', async ({ bytes }) => {
  const { file, rows, lengthMs } = await imported(bytes)
  const facts = await look(file)
  expect(facts.video).toBeUndefined()
  expect(facts.audio?.codec).toBe('aac')
  expect(Math.abs(lengthMs - 5000)).toBeLessThan(100)
  expect(rows.length).toBe(4)
})

test('a video without sound is imported', async () => {
  const { file } = await imported(await makeFile('a.mp4', ...picture('320x180', 3), ...x264, ...every2s))
  const facts = await look(file)
  expect(facts.audio).toBeUndefined()
  expect(facts.video?.codec).toBe('h264')
})

test('frames at changing distances keep their moments, and are not multiplied', async () => {
  const uneven = await makeFile(
    'a.mkv',
    ...picture('320x180', 8),
    '-vf',
    "select='not(mod(n,7))+lt(mod(n,50),9)'",
    '-fps_mode',
    'vfr',
    ...x264,
    '-g',
    '9999',
  )
  const { lengthMs, file } = await imported(uneven)
  expect(Math.abs(lengthMs - 8000)).toBeLessThan(300)
  expect((await decodeAll(file)).frames).toBeLessThan(120)
})

test('a picture that stands still while someone talks has a segment every few seconds, and sound in each', async () => {
  const still = await makeFile(
    'a.mp4',
    ...picture('320x180', 30),
    ...tone(30),
    '-vf',
    "select='lt(t,3)+gt(t,27)'",
    '-fps_mode',
    'vfr',
    ...x264,
    '-c:a',
    'aac',
  )
  const { rows, lengthMs } = await imported(still)
  expect(Math.abs(lengthMs - 30_000)).toBeLessThan(300)
  for (const { durationMs, runs } of rows.slice(1)) {
    expect(durationMs).toBeLessThan(4_000)
    expect(runs).toHaveLength(2)
  }
})

test('sound that begins late begins late, and is preceded by silence', async () => {
  const late = await makeFile(
    'a.mp4',
    ...picture('320x180', 6),
    '-itsoffset',
    '3',
    ...tone(3),
    ...x264,
    ...every2s,
    '-c:a',
    'aac',
  )
  const { file } = await imported(late)
  const { execFile } = await import('node:child_process')
  const said = await new Promise<string>((done) =>
    execFile(programs.ffmpegPath, ['-i', file, '-af', 'silencedetect=noise=-50dB:d=1', '-vn', '-f', 'null', '-'], (_, __, text) =>
      done(text),
    ),
  )
  expect(Number(/silence_end: ([\d.]+)/.exec(said)?.[1])).toBeCloseTo(3, 1)
  expect((await look(file)).audio?.startS).toBeLessThan(0.05)
})

test('a file whose clock jumps by an hour does not become an hour long, and says so', async () => {
  const bomb = await makeFile(
    'a.mp4',
    '-f',
    'lavfi',
    '-i',
    'testsrc=s=320x240:r=1:d=2',
    '-vf',
    "setpts='if(eq(N,0),0,3600/TB)'",
    '-c:v',
    'libx264',
    '-enc_time_base',
    '1/1',
    '-video_track_timescale',
    '1000',
    '-fps_mode',
    'passthrough',
  )
  const { lengthMs, stage } = await imported(bomb)
  expect(lengthMs).toBeLessThan(10_000)
  expect(stage.error).toMatch(/^Its clock jumps by 59:58 at 0:02/)
})

test('a file that was cut off is imported as far as it goes, and says so', async () => {
  const { lengthMs, stage } = await imported(mp4.subarray(0, mp4.length * 0.6))
  expect(lengthMs).toBeGreaterThan(1_500)
  expect(lengthMs).toBeLessThan(4_500)
  expect(stage.error).toMatch(
    /^The file was cut off: it should last 5 seconds and ends after \d seconds?\. All that is in it was imported\.$/,
  )
})

test.each([
  { what: 'nothing', bytes: Buffer.alloc(0), reason: /^The file is empty/ },
  { what: 'noise', bytes: Buffer.alloc(50_000, 0x5a), reason: /^This is not a video or audio file/ },
  { what: 'a page', bytes: Buffer.from('<html><script>alert(1)</script></html>'), reason: /^This is not a video or audio file/ },
  { what: 'a document', bytes: Buffer.from('%PDF-1.7 and so on'), reason: /^A PDF document cannot be imported/ },
  {
    what: 'an index that was cut off',
    bytes: (await makeFile('a.mp4', ...short, ...x264, '-c:a', 'aac')).subarray(0, 60_000),
    reason: /^The file was cut off: its index/,
  },
  { what: 'the beginning of an MP4', bytes: mp4.subarray(0, 32), reason: /^The file (was cut off|cannot be read)/ },
  {
    what: 'a rare codec',
    bytes: await makeFile('a.mkv', ...picture('320x180', 1), '-c:v', 'magicyuv'),
    reason: /^It is coded as magicyuv/,
  },
])('$what is refused at once, with the reason', async ({ bytes, reason }) => {
  const { videoId, updateId } = await givenUpload(house, bytes)
  const stage = await run(videoId, 'import')
  expect(stage).toMatchObject({ state: 'failed', error: expect.stringMatching(reason) })
  expect(await db.select().from(segments).where(eq(segments.videoId, videoId))).toEqual([])
  expect((await db.select().from(updates).where(eq(updates.id, updateId)))[0]?.publishedAt).toBeNull()
})

const canary = join(house.dataDir, 'canary.mp4')
await writeFile(canary, mp4)
test.each([
  { what: 'an HLS playlist', text: `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${canary}\n#EXT-X-ENDLIST\n` },
  { what: 'a list of files to join', text: `ffconcat version 1.0\nfile '${canary}'\n` },
  { what: 'a session description', text: 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nc=IN IP4 127.0.0.1\r\nm=video 9999 RTP/AVP 96\r\n' },
  { what: 'a DASH manifest', text: '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>' },
])('$what in the place of a video is refused and never opened', async ({ text }) => {
  const { videoId } = await givenUpload(house, Buffer.from(text))
  const asked: string[] = []
  const spied = { ...ffmpeg, probe: async () => void asked.push('probe'), run: async () => void asked.push('run') }
  await runStage({ db, storage, queue, ffmpeg: spied, stages, log }, { videoId, stage: 'import', requestId: null }, never)
  const { import: stage } = await house.stagesOf(videoId)
  expect(stage).toMatchObject({
    state: 'failed',
    error: 'This is a list of addresses of videos, not a video. Upload the video itself.',
  })
  expect(asked).toEqual([])
})

test('a part that changed in the storage is noticed', async () => {
  const { videoId } = await givenUpload(house, mp4)
  const file = join(storage.incomingDir, 'other')
  await writeFile(file, Buffer.alloc(100_000))
  await storage.putFile(keys.filePart(videoId, 1), file)
  expect(await run(videoId, 'import')).toMatchObject({ state: 'waiting', error: 'Part 1 of the file is damaged in the storage.' })
})

test('an import that was interrupted begins anew, and leaves nothing behind', async () => {
  const { videoId } = await givenUpload(house, mp4)
  const stop = new AbortController()
  const failing = {
    ...storage,
    putFile: async (key: string, from: string) => (key.includes('000002') ? stop.abort() : storage.putFile(key, from)),
  }
  await runStage({ db, storage: failing, queue, ffmpeg, stages, log }, { videoId, stage: 'import', requestId: null }, stop.signal)
  expect((await house.stagesOf(videoId)).import).toMatchObject({ state: 'waiting', attempts: 0 })
  expect(await storage.size(keys.segment(videoId, 'main', 1))).toBeNull()
  expect(await run(videoId, 'import')).toMatchObject({ state: 'done' })
})
