import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { CmafError, readInit, readMediaSegment, spanOf } from '@meanwhile/shared/media/cmaf'
import { StageFailure } from './failure.ts'
import { quickRun } from './ffmpeg/limits.ts'
import { type AudioFacts, probeFile, probeStarts, type VideoFacts } from './ffmpeg/probe.ts'
import { fileBytes } from './file-bytes.ts'
import { readLedger, type TrackLedger } from './ledger.ts'
import { assemble } from './source.ts'
import type { Work } from './stages/stage.ts'

/** A track that goes into the original, and what of it. */
export type SourceTrack = { ledger: TrackLedger; maps: ('v' | 'a')[] }

/**
 * A recording, seen from its ledger and its first and last segments. Times are on the recorder's clock, which all its tracks share;
 * `startMs` is where it begins: zero, or the first sample when that comes later; an encoder's priming lies before zero. `durationMs`
 * is from there to the end of the last sample.
 */
export type Source = {
  tracks: SourceTrack[]
  video: VideoFacts | null
  audio: AudioFacts | null
  ledgerMs: number
  startMs: number
  durationMs: number
}

/** The init segment and one media segment: a file that can be read alone. @returns its path */
export async function pieceOf({ dir, storage, videoId, signal }: Work, { track, init, parts }: TrackLedger, index: number) {
  const part = parts.at(index)
  if (!part) throw new StageFailure('A part of the recording never arrived.', { isFinal: true })
  const file = join(dir, `${track}-${part.number}.mp4`)
  await assemble(storage, videoId, [init, part], file, signal)
  return file
}

type Span = { startMs: number; endMs: number }

/** How long the samples of each kind last in a piece: ffprobe does not know it of the last ones, their boxes do. */
async function lengthsIn(file: string, initBytes: number) {
  const handle = await open(file)
  try {
    const init = await readInit(await fileBytes(handle, 0, initBytes))
    const segment = await readMediaSegment(await fileBytes(handle, initBytes))
    const lengthOf = (kind: 'video' | 'audio') => spanOf(init, segment, kind)?.durationMs ?? 0
    return { video: lengthOf('video'), audio: lengthOf('audio') }
  } catch (error) {
    if (!(error instanceof CmafError)) throw error
    throw new StageFailure(`The recording is damaged at its end: ${error.message}.`, { isFinal: true })
  } finally {
    await handle.close()
  }
}

async function examineTrack(work: Work, ledger: TrackLedger) {
  const run = quickRun(work)
  const firstFile = await pieceOf(work, ledger, 0)
  const lastFile = await pieceOf(work, ledger, -1)
  const facts = await probeFile(work.ffmpeg, firstFile, run)
  const first = await probeStarts(work.ffmpeg, firstFile, run)
  const last = ledger.parts.length === 1 ? first : await probeStarts(work.ffmpeg, lastFile, run)
  const lengths = await lengthsIn(lastFile, ledger.init.sizeBytes)
  const spanOfKind = (kind: 'video' | 'audio'): Span | null => {
    const [startMs, lastMs] = [first[kind], last[kind]]
    if (startMs === null) return null
    return { startMs, endMs: lastMs === null ? startMs + ledger.durationMs : lastMs + lengths[kind] }
  }
  const [video, audio] = [spanOfKind('video'), spanOfKind('audio')]
  return {
    video: facts.video && video ? { ...facts.video, ...video } : null,
    audio: facts.audio && audio ? { ...facts.audio, ...audio } : null,
  }
}

const starts = (...spans: (Span | null)[]) => spans.flatMap((span) => (span ? [span.startMs] : []))
const ends = (...spans: (Span | null)[]) => spans.flatMap((span) => (span ? [span.endMs] : []))

/** Finds out what a recording is made of. @throws {StageFailure} when there is nothing to see or hear in it */
export async function examine(work: Work): Promise<Source> {
  const { main, audio: apart } = await readLedger(work.db, work.videoId)
  const own = await examineTrack(work, main)
  const sound = apart && (await examineTrack(work, apart)).audio
  const audio = sound ?? own.audio
  const { video } = own
  if (!video && !audio) throw new StageFailure('There is neither picture nor sound in the recording.', { isFinal: true })

  const tracks = [
    track(main, { v: video, a: sound ? null : own.audio }),
    ...(apart && sound ? [track(apart, { v: null, a: sound })] : []),
  ].filter(({ maps }) => maps.length > 0)
  const startMs = Math.max(0, Math.min(...starts(video, audio)))
  return { tracks, video, audio, ledgerMs: main.durationMs, startMs, durationMs: Math.max(...ends(video, audio)) - startMs }
}

const track = (ledger: TrackLedger, used: Record<'v' | 'a', Span | null>): SourceTrack => ({
  ledger,
  maps: (['v', 'a'] as const).filter((kind) => used[kind]),
})
