import type { ChildProcess } from 'node:child_process'
import { DeadlineError } from './ffmpeg/errors.ts'

/** How long a child may take to end after SIGTERM; ffmpeg sometimes ignores it (RELIABILITY §0.3). */
const graceMs = 5_000

/** The whole group: with `detached` the child leads one, and all that it starts is in it. */
function signalGroup(child: ChildProcess, name: NodeJS.Signals) {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Ends a child at its deadline or when `signal` aborts: SIGTERM, then SIGKILL. @returns why it was ended, and how to end it and to stop watching */
export function watchOver(child: ChildProcess, { deadlineMs, signal }: { deadlineMs: number; signal: AbortSignal }) {
  const timers = new Set<NodeJS.Timeout>()
  const end = (reason: unknown) => {
    watch.reason ??= reason
    signalGroup(child, 'SIGTERM')
    timers.add(setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs))
  }
  const watch: { reason: unknown; end: typeof end; stop: () => void } = { reason: undefined, end, stop: () => {} }
  const onAbort = () => end(signal.reason)
  timers.add(setTimeout(() => end(new DeadlineError(Math.round(deadlineMs / 1000))), deadlineMs))
  signal.addEventListener('abort', onAbort, { once: true })
  // What it started and left behind would keep its pipes open for ever.
  child.once('exit', () => signalGroup(child, 'SIGKILL'))
  watch.stop = () => {
    for (const timer of timers) clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
  return watch
}
