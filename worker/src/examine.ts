import type { InitTrack } from '@meanwhile/shared/media/cmaf'
import { StageFailure } from './failure.ts'
import { quickRun } from './ffmpeg/limits.ts'
import { type AudioFacts, probeFile, probeStarts, type Starts, type VideoFacts } from './ffmpeg/probe.ts'
import { type Part, readLedger, type Stretch, type TrackLedger } from './ledger.ts'
import { boxesOfPiece, type PieceBoxes, pieceOf } from './piece.ts'
import type { Work } from './stages/stage.ts'

/** A stretch, seen from its first and last segments. `tracks` is what its init segment says. */
export type StretchFacts = { stretch: Stretch; tracks: InitTrack[]; video: VideoFacts | null; audio: AudioFacts | null }

/** A track that goes into a file, and what of it. */
export type SourceTrack = { ledger: TrackLedger; stretches: StretchFacts[]; maps: ('v' | 'a')[] }

/**
 * A recording, seen from its ledger and the ends of its stretches. Times are on the recorder's clock, which all its tracks share;
 * `startMs` is where it begins: zero, or the first sample when that comes later; an encoder's priming lies before zero. `durationMs`
 * is from there to the end of the last sample. The picture is as large as that of the largest stretch.
 */
export type Source = {
  tracks: SourceTrack[]
  video: VideoFacts | null
  audio: AudioFacts | null
  ledgerMs: number
  startMs: number
  durationMs: number
}

type Span = { startMs: number; endMs: number }

/** The first and the last part of a stretch with samples of a track; null when none has. A microphone may come later than the screen. */
function endsOf({ parts }: Stretch, trackId: number): [first: number, last: number] | null {
  const has = ({ trackIds }: Part) => trackIds === null || trackIds.includes(trackId)
  const first = parts.findIndex(has)
  return first === -1 ? null : [first, parts.findLastIndex(has)]
}

async function examineStretch(work: Work, stretch: Stretch): Promise<StretchFacts> {
  const run = quickRun(work)
  const looks = new Map<number, Promise<Starts & PieceBoxes>>()
  const lookAt = (index: number) => {
    const known = looks.get(index)
    if (known) return known
    const look = pieceOf(work, stretch, index).then(async (file) => ({
      ...(await probeStarts(work.ffmpeg, file, run)),
      ...(await boxesOfPiece(file)),
    }))
    looks.set(index, look)
    return look
  }
  const facts = await probeFile(work.ffmpeg, await pieceOf(work, stretch, 0), run)
  const { tracks } = await lookAt(stretch.parts.length - 1)
  const spanOfKind = async (kind: 'video' | 'audio'): Promise<Span | null> => {
    const track = tracks.find((each) => each.kind === kind)
    const ends = track && endsOf(stretch, track.trackId)
    if (!ends) return null
    const [first, last] = [await lookAt(ends[0]), await lookAt(ends[1])]
    const [startMs, lastMs] = [first[kind], last[kind]]
    return startMs === null || lastMs === null ? null : { startMs, endMs: lastMs + last.lengthMs[kind] }
  }
  const [video, audio] = [await spanOfKind('video'), await spanOfKind('audio')]
  return {
    stretch,
    tracks,
    video: facts.video && video ? { ...facts.video, ...video } : null,
    audio: facts.audio && audio ? { ...facts.audio, ...audio } : null,
  }
}

async function examineTrack(work: Work, ledger: TrackLedger) {
  const stretches: StretchFacts[] = []
  for (const stretch of ledger.stretches) stretches.push(await examineStretch(work, stretch))
  const video = stretches.flatMap((each) => each.video ?? [])
  const audio = stretches.flatMap((each) => each.audio ?? [])
  return { ledger, stretches, video: togetherOf(video, largest(video)), audio: togetherOf(audio, audio[0]) }
}

const area = ({ width, height }: VideoFacts) => width * height
const largest = (all: VideoFacts[]) =>
  all.reduce<VideoFacts | undefined>((most, each) => (most && area(most) >= area(each) ? most : each), undefined)

/** `like`, from the first beginning to the last end of all. */
function togetherOf<Facts extends Span>(all: Facts[], like: Facts | undefined): Facts | null {
  return like
    ? { ...like, startMs: Math.min(...all.map((each) => each.startMs)), endMs: Math.max(...all.map((each) => each.endMs)) }
    : null
}

const starts = (...spans: (Span | null)[]) => spans.flatMap((span) => (span ? [span.startMs] : []))
const ends = (...spans: (Span | null)[]) => spans.flatMap((span) => (span ? [span.endMs] : []))

/** Finds out what a recording is made of, its camera apart. @throws {StageFailure} when there is nothing to see or hear in it */
export async function examine(work: Work): Promise<Source> {
  const { main, audio: apart } = await readLedger(work.db, work.videoId)
  const own = await examineTrack(work, main)
  const other = apart && (await examineTrack(work, apart))
  const audio = other?.audio ?? own.audio
  const { video } = own
  if (!video && !audio) throw new StageFailure('There is neither picture nor sound in the recording.', { isFinal: true })

  const tracks: SourceTrack[] = [
    trackFor(own, { v: video, a: other?.audio ? null : own.audio }),
    ...(other?.audio ? [trackFor(other, { v: null, a: other.audio })] : []),
  ].filter(({ maps }) => maps.length > 0)
  const startMs = Math.max(0, Math.min(...starts(video, audio)))
  return { tracks, video, audio, ledgerMs: main.durationMs, startMs, durationMs: Math.max(...ends(video, audio)) - startMs }
}

/**
 * The camera of a recording: its picture, on the clock of the rest. Null when there is none.
 * @param startMs where the recording begins
 */
export async function examineCamera(work: Work, startMs: number): Promise<Source | null> {
  const { camera } = await readLedger(work.db, work.videoId)
  if (!camera) return null
  const own = await examineTrack(work, camera)
  const { video } = own
  if (!video) throw new StageFailure('There is no picture in the recording of the camera.', { isFinal: true })
  const tracks = [trackFor(own, { v: video, a: null })]
  return { tracks, video, audio: null, ledgerMs: camera.durationMs, startMs, durationMs: video.endMs - startMs }
}

const trackFor = ({ ledger, stretches }: Omit<SourceTrack, 'maps'>, used: Record<'v' | 'a', Span | null>): SourceTrack => ({
  ledger,
  stretches,
  maps: (['v', 'a'] as const).filter((kind) => used[kind]),
})
