import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { readInit } from '@meanwhile/shared/media/cmaf'
import { examine, type Source, type SourceTrack } from '../examine.ts'
import { copyRun } from '../ffmpeg/limits.ts'
import { copyToMp4 } from '../ffmpeg/options.ts'
import { fileBytes } from '../file-bytes.ts'
import { assemble, bytesOf } from '../source.ts'
import { verifyMp4 } from '../verify.ts'
import type { Made, Work } from './stage.ts'

/** What the init segment of a track says of the codecs that are used (RFC 6381). */
async function codecsOf({ dir, storage, videoId, signal }: Work, { ledger, maps }: SourceTrack): Promise<string[]> {
  const file = join(dir, `${ledger.track}-init.mp4`)
  await assemble(storage, videoId, [ledger.init], file, signal)
  const handle = await open(file)
  try {
    const { tracks } = await readInit(await fileBytes(handle))
    return tracks.filter(({ kind }) => maps.includes(kind === 'video' ? 'v' : 'a')).map(({ codec }) => codec)
  } finally {
    await handle.close()
  }
}

/** Source facts on the clock of the output, which starts at zero. */
function expectedOf({ video, audio, startMs, durationMs }: Source) {
  return {
    durationMs,
    video: video && { ...video, startMs: video.startMs - startMs },
    audio: audio && { startMs: audio.startMs - startMs },
  }
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

/** All parts of all tracks into one MP4, without keeping them. */
async function copyParts(work: Work, { tracks, durationMs, startMs }: Source, file: string) {
  const { storage, videoId } = work
  const run = copyRun(work, sum(tracks.map(({ ledger }) => ledger.sizeBytes)))
  const count = sum(tracks.map(({ ledger }) => ledger.parts.length + 1))
  let done = 0
  const onPart = () => work.onProgress((0.8 * ++done) / count)
  const feeds = tracks.map(({ ledger }) => bytesOf(storage, videoId, [ledger.init, ...ledger.parts], onPart))
  await work.ffmpeg.run(copyToMp4(tracks, startMs, file, { durationMs, fileBytes: run.fileBytes }), { ...run, feeds })
}

/** The recording as one fast-start MP4, copied: the first thing to be played as soon as it exists, and the download. */
export async function original(work: Work): Promise<Made[]> {
  const source = await examine(work)
  const file = join(work.dir, 'original.mp4')
  await copyParts(work, source, file)
  const codecs = []
  for (const track of source.tracks) codecs.push(...(await codecsOf(work, track)))

  const made = await verifyMp4(work, file, expectedOf(source))
  const size = made.video ? { width: made.video.width, height: made.video.height } : {}
  return [{ name: 'original', file, ...size, durationMs: Math.round(made.durationMs), codecs: codecs.join(',') }]
}
