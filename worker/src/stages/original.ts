import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { readInit } from '@meanwhile/shared/media/cmaf'
import { examine, type Source, type SourceTrack } from '../examine.ts'
import { copyRun, fractionOf } from '../ffmpeg/limits.ts'
import { copyToMp4 } from '../ffmpeg/options.ts'
import { fileBytes } from '../file-bytes.ts'
import { assemble } from '../source.ts'
import { verifyMp4 } from '../verify.ts'
import type { Made, Work } from './stage.ts'

/** One fragmented MP4 a track, and what is written of its codecs in its init segment (RFC 6381). */
async function gather(work: Work, { ledger, maps }: SourceTrack, onPart: () => void) {
  const file = join(work.dir, `${ledger.track}.mp4`)
  const { storage, videoId, signal } = work
  const initFile = join(work.dir, `${ledger.track}-init.mp4`)
  await assemble(storage, videoId, [ledger.init], initFile, { signal })
  await assemble(storage, videoId, [ledger.init, ...ledger.parts], file, { signal, onPart })
  const handle = await open(initFile)
  try {
    const { tracks } = await readInit(await fileBytes(handle))
    const used = tracks.filter(({ kind }) => maps.includes(kind === 'video' ? 'v' : 'a'))
    return { file, codecs: used.map(({ codec }) => codec) }
  } finally {
    await handle.close()
  }
}

/** Source facts on the clock of the output, which starts at zero. */
function expectedOf({ video, audio, startMs, durationMs }: Source) {
  return {
    durationMs,
    video: video && { ...video, endMs: video.endMs - startMs },
    audio: audio && { endMs: audio.endMs - startMs },
  }
}

/** The recording as one fast-start MP4, copied: the first thing to be played as soon as it exists, and the download. */
export async function original(work: Work): Promise<Made[]> {
  const source = await examine(work)
  const { tracks, durationMs, startMs } = source
  const allParts = tracks.reduce((sum, { ledger }) => sum + ledger.parts.length, 0)
  let done = 0
  const gathered = []
  for (const track of tracks)
    gathered.push({ ...track, ...(await gather(work, track, () => work.onProgress((0.5 * done++) / allParts))) })

  const file = join(work.dir, 'original.mp4')
  const run = copyRun(
    work,
    tracks.reduce((sum, { ledger }) => sum + ledger.sizeBytes, 0),
  )
  const inputs = gathered.map((each) => ({ file: each.file, maps: each.maps, offsetMs: each.startMs - startMs }))
  const onLine = fractionOf(durationMs, (fraction) => work.onProgress(0.5 + 0.4 * fraction))
  await work.ffmpeg.run(copyToMp4(inputs, file, { durationMs, fileBytes: run.fileBytes }), { ...run, onLine })

  const made = await verifyMp4(work, file, expectedOf(source))
  const size = made.video ? { width: made.video.width, height: made.video.height } : {}
  const codecs = gathered.flatMap((each) => each.codecs).join(',')
  return [{ name: 'original', file, ...size, durationMs: Math.round(made.durationMs), codecs }]
}
