import { ApiError, problemIn } from '../../api.ts'
import { type ProblemName, RecordingError, recordingProblem } from '../recording-problem.ts'
import { say } from '../words.ts'

/** Waits after the nth failure; rejects when the signal is aborted. */
export type Pause = (failures: number, signal: AbortSignal) => Promise<void>
type Options = {
  signal: AbortSignal
  pause: Pause
  /** Called with what stands in the way while it is tried again, and with null when it went well. */
  onTrouble(title: string | null): void
}

const hopeless: Record<string, ProblemName> = {
  'not-found': 'update-gone',
  'segment-conflict': 'segment-conflict',
  'part-conflict': 'segment-conflict',
  'upload-conflict': 'segment-conflict',
  'id-taken': 'update-gone',
  'video-finished': 'segment-conflict',
  'finish-conflict': 'segment-conflict',
  'segment-too-large': 'segment-too-large',
  'part-too-large': 'segment-too-large',
  'request-too-large': 'request-too-large',
}
/** Who is signed out may sign in in another tab: the session is one for all of them. Room is made by deleting something, in any. */
const passing = new Set([
  'unreachable',
  'checksum-mismatch',
  'too-many-requests',
  'signed-out',
  'quota-reached',
  'recordings-at-once',
])

function troubleIn(error: unknown): string {
  if (error instanceof ApiError && error.code === 'signed-out') return say('trouble.signedOut')
  if (error instanceof ApiError && error.code === 'unreachable') return say('trouble.unreachable')
  return problemIn(error).title
}

/** What makes it useless to send the same again; null for everything that may pass. */
function hopelessness(error: unknown): RecordingError | null {
  if (error instanceof RecordingError) return error
  if (!(error instanceof ApiError)) return new RecordingError('unknown', { cause: error })
  const name = hopeless[error.code]
  if (name) return new RecordingError(name, { cause: error })
  if (passing.has(error.code) || error.problem.status >= 500) return null
  return new RecordingError(recordingProblem('refused', error.message), { cause: error })
}

/** Does a step again and again until it succeeds. Throws RecordingError when that is useless, or the signal's reason. */
export async function persistently<T>(step: () => Promise<T>, { signal, pause, onTrouble }: Options): Promise<T> {
  for (let failures = 0; ; failures++) {
    signal.throwIfAborted()
    try {
      const value = await step()
      onTrouble(null)
      return value
    } catch (error) {
      signal.throwIfAborted()
      const final = hopelessness(error)
      if (final) throw final
      onTrouble(troubleIn(error))
      await pause(failures, signal)
    }
  }
}

/** Does a step again and again in the background, while this tab lives or until the signal is aborted. Null when it is useless, or aborted. */
export const quietly = <T>(step: () => Promise<T>, signal = new AbortController().signal): Promise<T | null> =>
  persistently(step, { signal, pause: backOff, onTrouble() {} }).catch(() => null)

const shortestMs = 500
const longestMs = 30_000

/** 0.5 s after the first failure, twice as long after each further one, at most 30 s; a little less at random. */
export const backOffMs = (failures: number, random = Math.random()): number =>
  Math.min(longestMs, shortestMs * 2 ** failures) * (0.5 + random / 2)

/** Backs off; offline it waits for the network instead, but not for ever: browsers are sometimes wrong about it. */
export const backOff: Pause = (failures, signal) =>
  new Promise((resolve, reject) => {
    const offline = globalThis.navigator?.onLine === false
    const timer = setTimeout(end, offline ? longestMs : backOffMs(failures))
    globalThis.addEventListener?.('online', end)
    signal.addEventListener('abort', end)
    function end() {
      clearTimeout(timer)
      globalThis.removeEventListener?.('online', end)
      signal.removeEventListener('abort', end)
      if (signal.aborted) reject(signal.reason)
      else resolve()
    }
  })
