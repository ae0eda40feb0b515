import type { Log } from '@meanwhile/shared/platform/log'

type Step = () => Promise<unknown>

const parentPollMs = 1_000
/** Ctrl-C reaches this process twice, from the terminal and from npm; a person needs longer than that for a second one. */
export const samePressMs = 1_000

export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Collects what to undo, and undoes it in the order programs, database, lock. */
export type Shutdown = {
  /** The programs: `hurry` is called when the operator asks a second time. */
  programs: (stop: Step, hurry: () => void) => void
  database: (stop: Step) => void
  lock: (release: Step) => void
  isRequested: () => boolean
  /** Stops everything and ends the process. */
  end: (exitCode: number) => Promise<void>
}

/** Stops on SIGINT, SIGTERM, SIGHUP, on a fault that nobody caught, and when the process that started this one is gone. */
export function onStopRequest(log: Log): Shutdown {
  const steps: { programs?: Step; database?: Step; lock?: Step } = {}
  let hurry: () => void = () => undefined
  let requestedAt: number | undefined

  async function end(exitCode: number) {
    if (requestedAt !== undefined) return
    requestedAt = Date.now()
    for (const step of ['programs', 'database', 'lock'] as const) {
      await steps[step]?.().catch((error: Error) => log.error(`Stopping the ${step}: ${error.message}`))
    }
    process.exit(exitCode)
  }

  function request() {
    if (requestedAt === undefined) {
      log.info('Stopping; once more to hurry')
      void end(0)
    } else if (Date.now() - requestedAt > samePressMs) hurry()
  }

  for (const name of stopSignals) process.on(name, request)
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  process.on('uncaughtException', (error) => {
    log.fatal(error)
    void end(1)
  })
  endWithParent(request)

  return {
    programs: (stop, onHurry) => {
      steps.programs = stop
      hurry = onHurry
    },
    database: (stop) => {
      steps.database = stop
    },
    lock: (release) => {
      steps.lock = release
    },
    isRequested: () => requestedAt !== undefined,
    end,
  }
}

/** npm can be killed without a word to its child. */
export function endWithParent(request: () => void) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    request()
  }, parentPollMs)
  timer.unref()
}
