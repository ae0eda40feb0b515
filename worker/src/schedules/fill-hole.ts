import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Track } from '@meanwhile/shared/contract/videos'
import { type Init, type Run, segmentDurationMs } from '@meanwhile/shared/media/cmaf'
import { filler } from '../ffmpeg/filler.ts'
import { quickRun } from '../ffmpeg/limits.ts'
import { probeFile, probeStarts } from '../ffmpeg/probe.ts'
import { fileBytes } from '../file-bytes.ts'
import type { Part } from '../ledger.ts'
import { boxesOfPiece, readFragmented } from '../piece.ts'
import { assemble } from '../source.ts'
import type { Work } from '../stages/stage.ts'
import { decodeSome } from '../verify.ts'
import { type Hole, type Neighbour, packetsIn, shares } from './hole-plan.ts'

/** A part that was made for a missing number, with what its row says. */
export type FilledPart = {
  number: number
  file: string
  sha256: string
  sizeBytes: number
  durationMs: number
  init: Init
  runs: Run[]
}

/** What of the work of a stage is needed; `dir` is its own folder. */
type Task = Pick<Work, 'videoId' | 'dir' | 'signal' | 'storage' | 'ffmpeg'>

async function sha256Of(file: string) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function readPart(number: number, file: string): Promise<FilledPart> {
  const handle = await open(file)
  try {
    const { init, initBytes, media } = await readFragmented(await fileBytes(handle))
    const { size: sizeBytes } = await stat(file)
    const durationMs = segmentDurationMs(init, media)
    return {
      number,
      file,
      sha256: await sha256Of(file),
      sizeBytes,
      durationMs,
      init: { ...init, sizeBytes: initBytes },
      runs: media.runs,
    }
  } finally {
    await handle.close()
  }
}

/** A neighbour of a hole, as a file that can be read alone. */
async function fetchNeighbour({ dir, storage, videoId, signal }: Task, parts: Map<number, Part>, { number, init }: Neighbour) {
  const file = join(dir, `neighbour-${number}.mp4`)
  const all = [...new Set([init, number])].flatMap((each) => parts.get(each) ?? [])
  await assemble(storage, videoId, all, file, signal)
  return file
}

/**
 * Makes what stands in for the missing numbers of a hole: the last frame before it, and silence, in equal shares of its length.
 * @param parts what is stored of the track, by number
 * @throws {FfmpegError} when what is behind the hole cannot be decoded: the init segment that it belongs to may be missing too
 */
export async function fillHole(task: Task, track: Track, parts: Map<number, Part>, hole: Hole): Promise<FilledPart[]> {
  const { ffmpeg, dir } = task
  const run = quickRun(task)
  const before = await fetchNeighbour(task, parts, hole.before)
  const after = await fetchNeighbour(task, parts, hole.after)
  await decodeSome(task, [{ file: after, fromMs: 0 }], { video: hole.picture, audio: hole.sound })

  const facts = await probeFile(ffmpeg, before, run)
  const { lastVideo } = await probeStarts(ffmpeg, before, run)
  const timescale = (await boxesOfPiece(before)).tracks.find(({ kind }) => kind === 'video')?.timescale ?? 90_000
  const count = hole.numbers.length
  const pictures = hole.picture && shares(hole.picture, count)
  const sounds = hole.sound && facts.audio ? shares(hole.sound, count) : null
  const { sampleRate = 48_000, channels = 2 } = facts.audio ?? {}
  const packetMs = (1024 * 1000) / sampleRate
  const packets = sounds ? packetsIn(sounds, packetMs) : []
  const made: FilledPart[] = []
  let silent = 0
  for (const [index, number] of hole.numbers.entries()) {
    const file = join(dir, `${track}-filled-${number}.mp4`)
    const [picture, silence] = [pictures?.[index], packets[index] ?? 0]
    const fromMs = (hole.sound?.[0] ?? 0) + silent * packetMs
    const what = {
      picture: picture ? { fromMs: picture[0], toMs: picture[1], lastFrameMs: lastVideo ?? picture[0], timescale } : null,
      silence: silence > 0 ? { fromMs, packets: silence, sampleRate, channels } : null,
    }
    await ffmpeg.run(filler(before, what, file, ffmpeg.timingOption), { ...run, fileBytes: 16 * 1024 ** 2 })
    made.push(await readPart(number, file))
    silent += silence
  }
  return made
}
