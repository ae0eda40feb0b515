import type { readUpload } from '@meanwhile/shared/contract/videos'
import { type Answer, ApiError } from '../api.ts'
import { deferred } from './channel.ts'
import { backOff, type Pause, persistently } from './persistently.ts'
import { RecordingError } from './recording-problem.ts'
import type { Spool, SpooledSegment } from './spool.ts'

/** What the uploader needs of the API; each throws ApiError. */
export type UploadApi = {
  putSegment(videoId: string, segment: SpooledSegment, signal: AbortSignal): Promise<unknown>
  readUpload(videoId: string, signal: AbortSignal): Promise<Answer<typeof readUpload>>
  finish(videoId: string, segments: number, signal: AbortSignal): Promise<unknown>
}
export type UploadProgress = {
  /** Segments that the server has confirmed, and that were recorded so far; the init segment is not counted. */
  sent: number
  total: number
  /** Why nothing moves right now. */
  trouble: string | null
}
export type UploadOptions = { signal: AbortSignal; onProgress(progress: UploadProgress): void; pause?: Pause }

const parallel = 3
const mostMismatches = 5

/**
 * Sends what comes into the spool, then says that the recording is complete. Never gives up for the network's sake. Throws
 * RecordingError when the server will not take it.
 */
export async function upload(
  spool: Spool,
  api: UploadApi,
  { signal, onProgress, pause = backOff }: UploadOptions,
): Promise<void> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  let trouble: string | null = null
  const report = () => onProgress({ sent: spool.confirmed, total: spool.last, trouble })
  const options = {
    signal: either,
    pause,
    onTrouble(title: string | null) {
      trouble = title
      report()
    },
  }
  const send = async (segment: SpooledSegment) => {
    await deliver(segment, spool.videoId, api, options)
    await spool.confirm(segment.number)
    report()
  }
  try {
    await inParallel(spool.read(0), send, either)
    if (spool.last === 0) throw new RecordingError('nothing-recorded')
    await finish(spool, api, send, options)
  } catch (error) {
    stop.abort(error)
    throw error
  }
}

type Persistence = Parameters<typeof persistently>[1]

async function deliver(segment: SpooledSegment, videoId: string, api: UploadApi, options: Persistence): Promise<void> {
  const { signal } = options
  let unsure = false
  let mismatches = 0
  await persistently(async () => {
    if (unsure && has(await api.readUpload(videoId, signal), segment.number)) return
    try {
      await api.putSegment(videoId, segment, signal)
    } catch (error) {
      const code = error instanceof ApiError ? error.code : null
      unsure = code === 'unreachable'
      if (code === 'checksum-mismatch' && ++mismatches >= mostMismatches)
        throw new RecordingError('segment-damaged', { cause: error })
      throw error
    }
  }, options)
}

const has = ({ tracks }: Answer<typeof readUpload>, number: number): boolean =>
  tracks.main?.ranges.some(([from, to]) => from <= number && number <= to) ?? false

/** Says that all is there, and sends again what the server then misses. */
async function finish(spool: Spool, api: UploadApi, send: (segment: SpooledSegment) => Promise<void>, options: Persistence) {
  for (;;) {
    const missing = await persistently(() => finishOnce(spool, api, options.signal), options)
    if (missing.length === 0) return
    for (const number of missing) {
      const segment = await only(spool.read(number))
      if (segment?.number !== number) throw new RecordingError('segment-lost')
      await send(segment)
    }
  }
}

async function finishOnce(spool: Spool, api: UploadApi, signal: AbortSignal): Promise<number[]> {
  try {
    await api.finish(spool.videoId, spool.last, signal)
    return []
  } catch (error) {
    const missing = error instanceof ApiError && error.code === 'segments-missing' ? (error.problem.missing?.main ?? []) : []
    if (missing.length === 0) throw error
    return missing
  }
}

async function only<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item
  return undefined
}

/** Does the work for each item, a few at a time. The first failure ends it at once, also while no item comes. */
async function inParallel<T>(items: AsyncIterable<T>, work: (item: T) => Promise<void>, signal: AbortSignal): Promise<void> {
  const underWay = new Set<Promise<void>>()
  const failed = deferred<never>()
  failed.promise.catch(() => undefined)
  const abort = () => failed.reject(signal.reason)
  signal.addEventListener('abort', abort)

  function begin(item: T) {
    const task: Promise<void> = work(item)
      .catch(failed.reject)
      .finally(() => underWay.delete(task))
    underWay.add(task)
  }
  try {
    const queue = items[Symbol.asyncIterator]()
    for (;;) {
      const next = await Promise.race([queue.next(), failed.promise])
      if (next.done) break
      begin(next.value)
      if (underWay.size >= parallel) await Promise.race([...underWay, failed.promise])
    }
    await Promise.race([Promise.all(underWay), failed.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
