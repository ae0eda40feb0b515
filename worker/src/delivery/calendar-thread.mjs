// Runs in a thread of its own, which may be ended at any moment. It is no TypeScript because a thread begins with what Node itself can read.
import { parentPort, workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
const { readCalendar } = await import('@meanwhile/shared/working-hours/read-calendar')
parentPort.postMessage({ started: true })
try {
  parentPort.postMessage({ found: readCalendar(workerData.text, workerData.span) })
} catch (error) {
  if (error.name !== 'CalendarUnreadable') throw error
  parentPort.postMessage({ failure: error.message })
}
