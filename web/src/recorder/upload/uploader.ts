import type { UploadState } from '@meanwhile/shared/contract/videos'
import { ApiError } from '../../api.ts'
import { RecordingError } from '../recording-problem.ts'
import type { SpoolTrack } from '../segment.ts'
import type { SpooledSegment } from '../spool/spool.ts'
import type { SpoolTotals } from '../spool/spool-contents.ts'
import type { SpoolNote } from '../spool/spool-note.ts'
import { ticker } from '../ticker.ts'
import { describe } from './describe.ts'
import { inParallel } from './in-parallel.ts'
import { backOff, type Pause, persistently } from './persistently.ts'
import type { UploadApi } from './upload-api.ts'

/** What is sent: a spool, or anything that can be read like one. */
export type UploadSource = {
  readonly note: Pick<SpoolNote, 'clockMs' | 'chapters' | 'layout' | 'name' | 'closed'>
  readonly totals: SpoolTotals
  readonly sent: number
  readonly total: number
  /** What the server has not confirmed, then what comes; ends when nothing more will. */
  read(): AsyncIterable<SpooledSegment>
  get(track: SpoolTrack, number: number): Promise<SpooledSegment | null>
  confirm(track: SpoolTrack, number: number): Promise<void>
}
export type UploadProgress = {
  /** Segments that the server has confirmed, and that were recorded so far. */
  sent: number
  total: number
  /** Why nothing moves right now. */
  trouble: string | null
}
export type UploadOptions = {
  signal: AbortSignal
  onProgress(progress: UploadProgress): void
  pause?: Pause
  /** Calls back regularly until the function that it returns is called. */
  every?: typeof ticker
}

const parallel = 3
const mostMismatches = 5
/** Told by a ticker and not by a timer of the page, which a hidden tab holds back to once a minute: the server may have been told to wait for little longer. */
const reportEveryMs = 30_000

/**
 * Sends what comes into the spool, then says that the recording is complete, and compares what the server has. Never gives
 * up for the network's sake. Throws RecordingError when the server will not take it.
 */
export async function upload(
  source: UploadSource,
  videoId: string,
  api: UploadApi,
  { signal, onProgress, pause = backOff, every = ticker }: UploadOptions,
): Promise<void> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  // Parts of a file that somebody chose, which have its name, are of no use without the last.
  const isRecorded = source.note.name === undefined
  let trouble: string | null = null
  const progress = () => onProgress({ sent: source.sent, total: source.total, trouble })
  const job: Job = {
    source,
    videoId,
    api,
    serverLast: {},
    persistence: {
      signal: either,
      pause,
      onTrouble(title) {
        trouble = title
        progress()
      },
    },
    async send(segment) {
      await deliver(segment, job)
      await source.confirm(segment.track, segment.number)
      progress()
      // Parts alone do not say that they are being recorded.
      if (isRecorded && segment.track === 'file' && segment.number === 1) void report(job)
    },
  }
  const silence = isRecorded ? every(reportEveryMs, () => void report(job)) : () => {}
  try {
    if (source.total > 0) await askWhatIsThere(job)
    await inParallel(source.read(), job.send, parallel, either)
    await finish(job)
    await compare(job)
  } catch (error) {
    stop.abort(error)
    throw error
  } finally {
    silence()
  }
}

type Job = {
  source: UploadSource
  videoId: string
  api: UploadApi
  /** What the server had beyond what is known here, after a crash of a tab whose disk was full. */
  serverLast: Partial<Record<SpoolTrack, number>>
  persistence: Parameters<typeof persistently>[1]
  send(segment: SpooledSegment): Promise<void>
}

/** The start of a resumed upload: what arrived before is not sent again. */
async function askWhatIsThere({ source, videoId, api, serverLast, persistence }: Job) {
  const state = await persistently(() => api.readUpload(videoId, persistence.signal), persistence)
  for (const [track, ranges] of rangesIn(state)) {
    for (const [from, to] of ranges) {
      serverLast[track] = Math.max(serverLast[track] ?? 0, to)
      for (let number = from; number <= to; number++) await source.confirm(track, number)
    }
  }
}

function rangesIn({ tracks, file }: UploadState): [SpoolTrack, [number, number][]][] {
  const ofTracks = Object.entries(tracks).map(([track, { ranges }]): [SpoolTrack, [number, number][]] => [
    track as SpoolTrack,
    ranges,
  ])
  return file ? [...ofTracks, ['file', file.ranges]] : ofTracks
}

/** Whether the server has anything to see or hear of a video; false for one that does not exist. Throws ApiError. */
export async function hasArrived(videoId: string, api: Pick<UploadApi, 'readUpload'>, signal: AbortSignal): Promise<boolean> {
  try {
    return rangesIn(await api.readUpload(videoId, signal)).some(([, ranges]) => ranges.some(([, to]) => to > 0))
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not-found') return false
    throw error
  }
}

async function deliver(segment: SpooledSegment, { videoId, api, persistence }: Job): Promise<void> {
  const { signal } = persistence
  let unsure = false
  let mismatches = 0
  await persistently(async () => {
    if (unsure && has(await api.readUpload(videoId, signal), segment)) return
    try {
      await api.putSegment(videoId, segment, signal)
    } catch (error) {
      const code = error instanceof ApiError ? error.code : null
      unsure = code === 'unreachable'
      if (code === 'checksum-mismatch' && ++mismatches >= mostMismatches)
        throw new RecordingError('segment-damaged', { cause: error })
      throw error
    }
  }, persistence)
}

const has = (state: UploadState, { track, number }: SpooledSegment): boolean =>
  rangesIn(state).some(([name, ranges]) => name === track && ranges.some(([from, to]) => from <= number && number <= to))

/** Tells the server that this recorder lives, and what it has. */
const report = ({ source, videoId, api, persistence: { signal } }: Job) =>
  api.report(videoId, source.totals, source.note.clockMs, signal).catch(() => {
    // The next one tells it, and so do the segments.
  })

/** Says that all is there, and sends again what the server then misses. */
async function finish(job: Job) {
  const { source, videoId, api, persistence } = job
  const last = lastSegments(job)
  if (Object.keys(last).length === 0) throw new RecordingError('nothing-recorded')
  await describe(videoId, source.note, api, persistence)
  for (;;) {
    const missing = await persistently(() => finishOnce(job, last), persistence)
    if (missing.length === 0) return
    for (const [track, number] of missing) {
      const segment = await source.get(track, number)
      if (!segment) throw new RecordingError('segment-lost')
      await job.send(segment)
    }
  }
}

function lastSegments({ source, serverLast }: Job): Partial<Record<SpoolTrack, number>> {
  const tracks = Object.entries(source.totals).map(([track, { segments }]): [SpoolTrack, number] => {
    const name = track as SpoolTrack
    return [name, Math.max(segments, serverLast[name] ?? 0)]
  })
  return Object.fromEntries(tracks.filter(([, last]) => last > 0))
}

async function finishOnce({ source, videoId, api, persistence }: Job, last: Partial<Record<SpoolTrack, number>>) {
  const { note, totals } = source
  const said = note.name === undefined ? { clockMs: note.clockMs } : { name: note.name }
  try {
    if (totals.file)
      await api.finishFile(
        videoId,
        { parts: totals.file.segments, sizeBytes: totals.file.sizeBytes, ...said },
        persistence.signal,
      )
    else await api.finish(videoId, last, note.clockMs, persistence.signal)
    return []
  } catch (error) {
    const missing = missingIn(error)
    if (missing.length === 0) throw error
    return missing
  }
}

function missingIn(error: unknown): [SpoolTrack, number][] {
  if (!(error instanceof ApiError) || !/^(segments|parts)-missing$/.test(error.code)) return []
  return Object.entries(error.problem.missing ?? {}).flatMap(([track, numbers]) =>
    numbers.map((number): [SpoolTrack, number] => [track as SpoolTrack, number]),
  )
}

/** The last look before the copy on this device may go: the server has as many bytes as were recorded here. */
async function compare({ source, videoId, api, persistence }: Job) {
  const state = await persistently(() => api.readUpload(videoId, persistence.signal), persistence)
  for (const [track, { sizeBytes }] of Object.entries(source.totals)) {
    const there = track === 'file' ? state.file?.sizeBytes : state.tracks[track as keyof typeof state.tracks]?.sizeBytes
    // Parts of a file may be gone by then: the worker has made segments of them.
    if (there === undefined && track === 'file') continue
    if ((there ?? 0) < sizeBytes) throw new RecordingError('copy-differs')
  }
}
