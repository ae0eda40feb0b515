import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { StageName } from '@meanwhile/shared/contract/videos'
import { assets } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import { argumentsOf, openFfmpeg } from '@meanwhile/worker/ffmpeg/run'
import { detectSandbox } from '@meanwhile/worker/ffmpeg/sandbox'
import { runStage } from '@meanwhile/worker/run-stage'
import { original } from '@meanwhile/worker/stages/original'
import { poster } from '@meanwhile/worker/stages/poster'
import { preview } from '@meanwhile/worker/stages/preview'
import { probe } from '@meanwhile/worker/stages/probe'
import { renditions } from '@meanwhile/worker/stages/renditions'
import { silence } from '@meanwhile/worker/stages/silence'
import { storyboard } from '@meanwhile/worker/stages/storyboard'
import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { cut, picture, segmentsOf, tone } from './cut.ts'
import { log, programs, type Segments, startHouse } from './house.ts'
import { decodeAll, look } from './looking.ts'

const house = await startHouse()
const { db, storage, queue } = house
const ffmpeg = await openFfmpeg(programs, log)
const stages = { probe, original, poster, silence: silence(false), preview, storyboard, renditions }
const never = new AbortController().signal
const good = await cut([...picture('640x360', 6), ...tone(6)])
const parts = await Promise.all(good.numbers.map((number) => good.bytes(number)))

/** Runs stages one after the other, once each. @returns the row of the last one */
async function after(videoId: string, ...names: StageName[]) {
  for (const stage of names)
    await runStage({ db, storage, queue, ffmpeg, stages, log }, { videoId, stage, requestId: null }, never)
  return (await house.stagesOf(videoId))[names.at(-1)!]
}
const probed = async (segments: Segments) => after((await house.given.recording(segments)).videoId, 'probe')
const changed = (number: number, change: (bytes: Buffer) => Buffer) =>
  segmentsOf(
    parts.map((bytes, index) => (index === number ? change(Buffer.from(bytes)) : bytes)),
    2000,
  )

const folder = await mkdtemp(join(tmpdir(), 'meanwhile-canary-'))
const canary = join(folder, 'canary.mp4')
await writeFile(canary, Buffer.concat(parts))
const requests: string[] = []
const listener = createServer((socket) => {
  requests.push(`${socket.remotePort}`)
  socket.destroy()
}).listen(0, '127.0.0.1')
await once(listener, 'listening')
const { port } = listener.address() as AddressInfo
afterAll(async () => {
  listener.close()
  await rm(folder, { recursive: true, force: true })
})

test.each([
  {
    what: 'a playlist that names another recording',
    text: `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${canary}\n#EXT-X-ENDLIST\n`,
  },
  {
    what: 'a playlist on the network',
    text: `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:${port}/x.ts\n#EXT-X-ENDLIST\n`,
  },
  { what: 'a list of files to join', text: `ffconcat version 1.0\nfile '${canary}'\n` },
  { what: 'a page', text: '<html><script>alert(1)</script></html>' },
])('$what in the place of a segment is refused, and reads nothing', async ({ text }) => {
  const { videoId } = await house.given.recording(segmentsOf([Buffer.from(text), Buffer.from(text)], 2000))
  const stage = await after(videoId, 'probe')
  expect(stage).toMatchObject({ state: 'waiting', error: expect.stringMatching(/^The recording is damaged/) })
  expect(await db.select().from(assets).where(eq(assets.videoId, videoId))).toEqual([])
  expect(requests).toEqual([])
})

const confined = (await detectSandbox({ PATH: programs.searchPath })).unshare
test.skipIf(!confined)('what ffmpeg is made to ask of the network does not leave the worker', async () => {
  const dir = await mkdtemp(join(folder, 'run-'))
  const options = ['-map', '0:v:0', '-c', 'copy', '-f', 'mpegts']
  const command = {
    inputs: [{ options: ['-v', 'error'], file: canary }],
    outputs: [{ options, file: `tcp://127.0.0.1:${port}` }],
  }
  await promisify(execFile)(programs.ffmpegPath, argumentsOf(command)).catch(() => {})
  expect(requests.splice(0)).toHaveLength(1)
  await expect(ffmpeg.run(command, { dir, signal: never, deadlineMs: 10_000, fileBytes: 1e6 })).rejects.toThrow(/unreachable/)
  expect(requests).toEqual([])
})

test.each([
  { what: 'no fragments', recording: segmentsOf([parts[0]!, Buffer.alloc(0)], 2000) },
  { what: 'a beginning that was cut off', recording: changed(1, (bytes) => bytes.subarray(0, 2_000)) },
  { what: 'an end that was cut off', recording: changed(3, (bytes) => bytes.subarray(0, bytes.length / 2)) },
  { what: 'noise in the middle', recording: changed(2, (bytes) => bytes.fill(0x5a, bytes.length / 4)) },
  {
    what: 'a decoder configuration of zeros',
    recording: changed(0, (bytes) => bytes.fill(0, bytes.indexOf('avcC') + 4, bytes.indexOf('avcC') + 24)),
  },
  {
    what: 'a box with an impossible size',
    recording: changed(1, (bytes) => {
      bytes.writeUInt32BE(4, bytes.indexOf('moof') - 4)
      return bytes
    }),
  },
])('a recording with $what is called damaged', async ({ recording }) => {
  expect((await probed(recording)).error).toMatch(/^The recording is damaged|^There is neither picture nor sound/)
})

test('a recording whose clock jumps by ten hours is refused before it can make ten hours of frames', async () => {
  const jump = changed(3, (bytes) => {
    for (let at = bytes.indexOf('tfdt'); at > 0; at = bytes.indexOf('tfdt', at + 4)) {
      const offset = at + 8
      bytes.writeBigUInt64BE(bytes.readBigUInt64BE(offset) + BigInt(36_000 * 15_360), offset)
    }
    return bytes
  })
  expect(await probed(jump)).toMatchObject({ state: 'failed', error: expect.stringMatching(/^The clock of the recording jumps/) })
})

test('a segment that changed in the storage is not published', async () => {
  const { videoId } = await house.given.recording(good)
  expect((await after(videoId, 'probe')).state).toBe('done')
  const file = join(storage.incomingDir, 'other')
  await writeFile(file, (await good.bytes(2)).fill(0, 5_000, 5_100))
  await storage.putFile(keys.segment(videoId, 'main', 2), file)
  expect((await after(videoId, 'original')).error).toBe('Part 2 of the recording is damaged in the storage.')
})

test('a segment that is gone is named as the reason', async () => {
  const { videoId } = await house.given.recording(good)
  await storage.delete(keys.segment(videoId, 'main', 2))
  expect((await after(videoId, 'probe')).error).toBe('A part of the recording is missing in the storage.')
})

test('a recording with five hundred frames a second becomes renditions that can be played', async () => {
  const wild = await cut(picture('640x500', 2, 500))
  const { videoId } = await house.given.recording(wild)
  expect(await after(videoId, 'probe', 'original', 'renditions')).toMatchObject({ state: 'done' })
  const [row] = await db.select().from(assets).where(eq(assets.name, '480p'))
  const file = join(house.dataDir, 'wild.mp4')
  await writeFile(file, await readFile(join(house.dataDir, 'media/objects', row!.key)))
  expect((await decodeAll(file)).frames).toBeLessThan(200)
  expect(Math.abs((await look(file)).durationS - 2)).toBeLessThan(0.1)
})

test('a picture of two by two pixels is a recording too', async () => {
  const { videoId } = await house.given.recording(await cut(picture('2x2', 2)))
  expect(await after(videoId, 'probe', 'original', 'poster', 'silence', 'preview', 'storyboard', 'renditions')).toMatchObject({
    state: 'done',
  })
  for (const [stage, { state }] of Object.entries(await house.stagesOf(videoId))) expect([stage, state]).toEqual([stage, 'done'])
})
