import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '@meanwhile/shared/platform/log'
import { signal } from './processes.ts'
import { root } from './root.ts'

const firstPauseMs = 1_000
const longestPauseMs = 30_000
const steadyMs = 60_000
const patienceMs = 10_000

/** `ready` rejects when the process ends before it was ever ready. `stop` ends it; `hurry` cuts its time to finish short. */
export type Supervised = { ready: Promise<void>; stop: () => Promise<void>; hurry: () => void }

type Options = {
  name: string
  /** Its main file, from the repository's folder. It says `ready` over IPC, and ends on SIGTERM and when IPC is cut off. */
  script: string
  /** When it ends before it was ever ready, it is not started again: `ready` rejects. */
  isVital: boolean
  env: NodeJS.ProcessEnv
  log: Log
  onStart: (pid: number) => Promise<void>
}

/** Runs a program for as long as the launcher runs, and starts it again when it ends, after a pause that grows while it keeps ending. */
export function supervise({ name, script, isVital, env, log, onStart }: Options): Supervised {
  const stopping = new AbortController()
  const hurrying = new AbortController()
  const { ready, markReady, markFailed } = promiseOfReady()
  let wasReady = false

  async function runOnce() {
    const child = spawnProgram(script, env)
    child.on('message', (message) => {
      if (message !== 'ready') return
      wasReady = true
      markReady()
    })
    const ended = once(child, 'exit').catch((error) => [error.message])
    if (child.pid === undefined) return ended
    await onStart(child.pid)
    const isOver = await Promise.race([ended, once(stopping.signal, 'abort').then(() => undefined)])
    if (!isOver) await endChild(child, ended, hurrying.signal)
    return ended
  }

  async function keepRunning() {
    for (let pauseMs = firstPauseMs; !stopping.signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const startedAt = Date.now()
      const [code, killedBy]: unknown[] = await runOnce()
      if (stopping.signal.aborted) return
      if (isVital && !wasReady)
        return markFailed(new Error(`The ${name} ended (${killedBy ?? code}) before it was ready; its last lines say why.`))
      if (Date.now() - startedAt > steadyMs) pauseMs = firstPauseMs
      log.error(`The ${name} ended (${killedBy ?? code}); starting it again in ${pauseMs / 1000} s`)
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const running = keepRunning()
  const stop = () => {
    stopping.abort()
    return running
  }
  return { ready, stop, hurry: () => hurrying.abort() }
}

/** In a process group of its own, so that Ctrl-C in a terminal leaves its end to the launcher. */
const spawnProgram = (script: string, env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })

async function endChild(child: ChildProcess, ended: Promise<unknown>, hurried: AbortSignal) {
  const pid = child.pid as number
  if (!hurried.aborted) {
    signal(pid, 'SIGTERM')
    await Promise.race([ended, sleep(patienceMs, undefined, { signal: hurried, ref: false }).catch(() => undefined)])
  }
  signal(-pid, 'SIGKILL')
}

function promiseOfReady() {
  let markReady: () => void = () => undefined
  let markFailed: (error: Error) => void = () => undefined
  const ready = new Promise<void>((resolve, reject) => {
    markReady = resolve
    markFailed = reject
  })
  // Whoever does not wait for it is not told.
  ready.catch(() => undefined)
  return { ready, markReady, markFailed }
}
