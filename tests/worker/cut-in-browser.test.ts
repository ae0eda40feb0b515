import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assets } from '@meanwhile/shared/db/schema/videos'
import { openFfmpeg } from '@meanwhile/worker/ffmpeg/run'
import { runStage } from '@meanwhile/worker/run-stage'
import { original } from '@meanwhile/worker/stages/original'
import { probe } from '@meanwhile/worker/stages/probe'
import { and, eq } from 'drizzle-orm'
import { FilePathSource, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny'
import { expect, test, vi } from 'vitest'
import { cutSegments } from '../../web/src/import/cut/cutter.ts'
import { planCut } from '../../web/src/import/cut/inspect.ts'
import { makeFile } from '../support/make-file.ts'
import { picture, segmentsOf, tone } from './cut.ts'
import { log, programs, startHouse } from './house.ts'
import { decodeAll, look } from './looking.ts'

const house = await startHouse()
const { db, storage, queue, dataDir } = house
const never = new AbortController().signal
const both = [...picture('320x180', 9), ...tone(9)]
/** Frames are decoded out of order, as most programs write them. */
const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-g', '60']

async function opened(bytes: Buffer) {
  const file = join(dataDir, 'upload')
  await writeFile(file, bytes)
  const input = new Input({ source: new FilePathSource(file), formats: [MP4, QTFF, MATROSKA, WEBM] })
  const source = { sizeBytes: bytes.length, read: async (at: number, length: number) => bytes.subarray(at, at + length) }
  return planCut(input, source, never).catch(() => null)
}

async function cutHere(bytes: Buffer) {
  const plan = await opened(bytes)
  if (!plan) return null
  const segments: Buffer[] = []
  for await (const { number, bytes } of cutSegments(plan)) segments[number] = Buffer.from(bytes)
  return segments
}

const mp4 = await makeFile('a.mp4', ...both, ...x264, '-c:a', 'aac')

/** Begins at 3 s, by an edit list: its first picture is that of the key frame at 2 s. */
async function begunLater(bytes: Buffer) {
  const file = join(dataDir, 'whole')
  await writeFile(file, bytes)
  return makeFile('a.mp4', '-ss', '3', '-i', file, '-an', '-c', 'copy')
}
/** Ends after 5 s, as an editor of MOV leaves it: nothing but the edit lists says so. */
function endedEarlier(bytes: Buffer) {
  const trimmed = Buffer.from(bytes)
  for (let at = trimmed.indexOf('elst'); at > 0; at = trimmed.indexOf('elst', at + 4)) trimmed.writeUInt32BE(5_000, at + 12)
  return trimmed
}

test.each([
  { what: 'MP4', bytes: mp4 },
  { what: 'MOV', bytes: await makeFile('a.mov', ...both, ...x264, '-c:a', 'aac') },
  { what: 'MKV', bytes: await makeFile('a.mkv', ...both, ...x264, '-c:a', 'aac') },
])('$what that a browser cuts becomes a file in which picture and sound are together', async ({ bytes }) => {
  const segments = await cutHere(bytes)
  expect(segments?.length).toBeGreaterThan(4)
  const { videoId } = await house.given.recording(segmentsOf(segments ?? []))
  const ffmpeg = await openFfmpeg(programs, log)
  for (const stage of ['probe', 'original'] as const)
    await runStage({ db, storage, queue, ffmpeg, stages: { probe, original }, log }, { videoId, stage, requestId: null }, never)
  const [asset] = await db
    .select()
    .from(assets)
    .where(and(eq(assets.videoId, videoId), eq(assets.name, 'original')))
  const file = join(dataDir, `${videoId}.mp4`)
  await storage.download(asset!.key, file)
  const { video, audio, durationS } = await look(file)
  expect(Math.abs(durationS - 9)).toBeLessThan(0.1)
  expect(Math.abs((video?.startS ?? 9) - (audio?.startS ?? 0))).toBeLessThan(0.03)
  expect(await decodeAll(file)).toEqual({ frames: 270, complaints: '' })
})

test('the same file is cut into the same bytes, whenever that is', async () => {
  const first = await cutHere(mp4)
  vi.setSystemTime(new Date('2031-01-01T00:00:00Z'))
  const second = await cutHere(mp4)
  vi.useRealTimers()
  expect(second?.map((bytes) => bytes.toString('hex'))).toEqual(first?.map((bytes) => bytes.toString('hex')))
})

test.each([
  { what: 'VP9', bytes: await makeFile('a.webm', ...both, '-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus') },
  { what: 'one key frame', bytes: await makeFile('a.mp4', ...both, ...x264, '-g', '9999', '-c:a', 'aac') },
  {
    what: 'ten bits a colour',
    bytes: await makeFile('a.mp4', ...both, '-c:v', 'libx264', '-pix_fmt', 'yuv420p10le', '-g', '60'),
  },
  { what: 'a beginning that is not to be seen', bytes: await begunLater(mp4) },
  { what: 'an end that is not to be seen', bytes: endedEarlier(await makeFile('a.mov', ...both, ...x264, '-c:a', 'aac')) },
  { what: 'a beginning that was cut off', bytes: mp4.subarray(1_000) },
  { what: 'nothing in it', bytes: Buffer.alloc(0) },
])('a file with $what is left to the server', async ({ bytes }) => expect(await opened(bytes)).toBeNull())
