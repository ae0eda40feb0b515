import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { readInit } from '@meanwhile/shared/media/cmaf'
import type { Checked } from './checked.ts'
import type { Source, StretchFacts } from './examine.ts'
import { fullQuality, sizeLimit } from './ffmpeg/coders.ts'
import { copyRun, decodeRun, fractionOf } from './ffmpeg/limits.ts'
import { copyToMp4 } from './ffmpeg/options.ts'
import { encodePiece, joinPieces, type Size } from './ffmpeg/stretches.ts'
import { fileBytes } from './file-bytes.ts'
import { partsOf } from './ledger.ts'
import { initEnd } from './piece.ts'
import { soundsOf } from './sounds.ts'
import { bytesOf } from './source.ts'
import type { Work } from './stages/stage.ts'
import type { Expected } from './verify.ts'

/** What every browser plays, and so need not be encoded. */
const isPlayedEverywhere = ({ video, audio }: StretchFacts) =>
  (!video || video.codec === 'h264') && (!audio || audio.codec === 'aac')

/** Whether one init segment describes all of it, in codecs that everything plays. */
export const isCopyable = ({ tracks }: Source): boolean =>
  tracks.every(({ stretches }) => stretches.length === 1 && stretches.every(isPlayedEverywhere))

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

/** All parts of all tracks into one MP4, without keeping them. */
async function copyTracks(work: Work, { tracks, durationMs, startMs }: Source, file: string, checked: Checked): Promise<string> {
  const run = copyRun(work, sum(tracks.map(({ ledger }) => ledger.sizeBytes)))
  const count = sum(tracks.map(({ ledger }) => ledger.all.length))
  let done = 0
  const onPart = checked.also(() => work.onProgress((0.8 * ++done) / count))
  const feeds = tracks.map(({ stretches: [only] }) =>
    bytesOf(work.storage, work.videoId, only ? partsOf(only.stretch) : [], onPart),
  )
  await work.ffmpeg.run(copyToMp4(tracks, startMs, file, { durationMs, fileBytes: run.fileBytes }), { ...run, feeds })
  const used = tracks.flatMap(({ stretches: [only], maps }) =>
    (only?.tracks ?? []).filter(({ kind }) => maps.includes(kind === 'video' ? 'v' : 'a')),
  )
  return used.map(({ codec }) => codec).join(',')
}

const even = (value: number) => Math.max(2, Math.ceil(value / 2) * 2)
/** What is encoded has even sides. */
const evenSize = ({ width, height }: Size): Size => ({ width: even(width), height: even(height) })

/** The picture of each stretch, encoded alike. @returns the files, in order */
async function encodePieces(work: Work, { tracks, video, startMs, durationMs }: Source, checked: Checked): Promise<string[]> {
  const track = tracks.find(({ maps }) => maps.includes('v'))
  if (!track || !video) return []
  const size = evenSize(video)
  const quality = { ...size, ...fullQuality(size) }
  const files: string[] = []
  for (const { stretch, video: seen } of track.stretches) {
    if (!seen) continue
    const file = join(work.dir, `piece-${files.length}.mp4`)
    const lengthMs = seen.endMs - seen.startMs
    const caps = { durationMs: seen.endMs - startMs, fileBytes: sizeLimit(quality, lengthMs) }
    await work.ffmpeg.run(encodePiece(quality, startMs, file, caps, work.ffmpeg.timingOption), {
      ...decodeRun(work, lengthMs, caps.fileBytes),
      feeds: [bytesOf(work.storage, work.videoId, partsOf(stretch), checked.add)],
      // It counts on the clock of the whole.
      onLine: fractionOf(durationMs, (fraction) => work.onProgress(0.9 * fraction)),
    })
    files.push(file)
  }
  return files
}

/** Files behind each other, the init segment only of the first: it is the same in all. */
async function* joined(files: string[]): AsyncGenerator<Buffer> {
  for (const [number, file] of files.entries()) {
    const handle = await open(file)
    try {
      const start = number === 0 ? 0 : await initEnd(await fileBytes(handle))
      for await (const chunk of handle.createReadStream({ start, autoClose: false })) yield chunk as Buffer
    } finally {
      await handle.close()
    }
  }
}

/** The codec of the pieces, as their init segment says it. */
async function codecOf(file: string | undefined): Promise<string[]> {
  if (file === undefined) return []
  const handle = await open(file)
  try {
    const { tracks } = await readInit(await fileBytes(handle, 0, await initEnd(await fileBytes(handle))))
    return tracks.map(({ codec }) => codec)
  } finally {
    await handle.close()
  }
}

async function encodeTracks(work: Work, source: Source, file: string, checked: Checked): Promise<string> {
  const { tracks, startMs, durationMs, audio, video } = source
  const pieces = await encodePieces(work, source, checked)
  const heard = tracks.find(({ maps }) => maps.includes('a'))
  const sounds = soundsOf(heard?.stretches ?? [])
  const isCopied = sounds.length === 1 && audio?.codec === 'aac'
  const fileBytes = sizeLimit(video ? fullQuality(video) : { bitsPerSecond: 0 }, durationMs)
  const soundMs = sounds.map((sound) => sound.startMs - startMs)
  await work.ffmpeg.run(joinPieces(pieces.length > 0, { soundMs, isCopied }, startMs, file, { durationMs, fileBytes }), {
    ...decodeRun(work, durationMs, fileBytes),
    feeds: [
      ...(pieces.length > 0 ? [joined(pieces)] : []),
      ...sounds.map(({ parts }) => bytesOf(work.storage, work.videoId, parts, checked.add)),
    ],
  })
  // AAC-LC: what the recorder sends, and what ffmpeg makes.
  return [...(await codecOf(pieces[0])), ...(sounds.length > 0 ? ['mp4a.40.2'] : [])].join(',')
}

/**
 * A recording's tracks as one fast-start MP4 that everything plays, with its times: copied where one init segment describes all of it,
 * in H.264 and AAC; else each stretch is encoded into the size of the largest. @returns its codecs (RFC 6381)
 */
export const makeWhole = (work: Work, source: Source, file: string, checked: Checked): Promise<string> =>
  isCopyable(source) ? copyTracks(work, source, file, checked) : encodeTracks(work, source, file, checked)

/** What `makeWhole` should have made: the source on a clock that starts at zero. */
export function expectedOf(source: Source): Expected {
  const { tracks, video, audio, startMs, durationMs } = source
  const later = tracks.flatMap(({ stretches }) => stretches.slice(1).map((each) => each.video ?? each.audio))
  return {
    durationMs,
    video: video && { ...video, ...(isCopyable(source) ? {} : evenSize(video)), startMs: video.startMs - startMs },
    audio: audio && { startMs: audio.startMs - startMs },
    joinsMs: later.map((facts) => (facts?.startMs ?? startMs) - startMs),
  }
}
