import { Worker } from 'node:worker_threads'
import { type CalendarSpan, type CalendarStretches, CalendarUnreadable } from '@meanwhile/shared/working-hours/read-calendar'

const thread = new URL('./calendar-thread.mjs', import.meta.url)
/** From when it reads; to start takes longer where the machine is busy. */
const deadlineMs = 3_000
const startMs = 20_000
const mostMemoryMb = 256

type Said = { started: true } | { found: CalendarStretches } | { failure: string }

/**
 * Reads a calendar of somebody else's making in a thread that is ended when it takes too long: there are rules of repetition that our reader
 * looks for without end.
 * @throws {CalendarUnreadable}
 */
export async function readInThread(text: string, span: CalendarSpan): Promise<CalendarStretches> {
  const worker = new Worker(thread, {
    workerData: { text, span },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise((resolve, reject) => {
      const tooLong = () => reject(new CalendarUnreadable('It takes too long to read'))
      timer = setTimeout(tooLong, startMs)
      worker.on('message', (said: Said) => {
        if ('found' in said) return resolve(said.found)
        if ('failure' in said) return reject(new CalendarUnreadable(said.failure))
        clearTimeout(timer)
        timer = setTimeout(tooLong, deadlineMs)
      })
      worker.on('error', () => reject(new CalendarUnreadable('It is too much to read')))
      worker.on('exit', tooLong)
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
