import { RecordingError } from '../recording-problem.ts'
import type { Order, Report } from './encoder-messages.ts'
import { type Every, openEncoding } from './encoding.ts'

/** Carries out orders one after the other, the first of which opens the encoder, and reports what fails. */
export function takeOrders(report: (message: Report) => void, every: Every): (order: Order) => void {
  let encoding: ReturnType<typeof openEncoding> | undefined

  function fail(error: unknown) {
    const problem = error instanceof RecordingError ? error.problem.name : 'encoder-failed'
    report({ type: 'failed', problem, reason: String(error) })
  }
  return (order) => {
    if (order.type === 'open') {
      encoding = openEncoding(order, report, every)
      encoding.catch(fail)
      return
    }
    const carriedOut = encoding?.then((open) => {
      if (order.type === 'close') return open.close()
      return 'at' in order ? open[order.type](order.at - performance.timeOrigin) : open.change(order)
    })
    carriedOut?.catch(fail)
  }
}
