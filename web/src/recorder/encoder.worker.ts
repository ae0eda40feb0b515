/** The recorder runs in a background tab, where a page's timers stop: everything that must tick is here. */

import type { Order, Report } from './encoder-messages.ts'
import { openEncoding } from './encoding.ts'
import { RecordingError } from './recording-problem.ts'

type Scope = {
  postMessage(report: Report, transfer?: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent<Order>) => void): void
}
const scope = globalThis as unknown as Scope

const report = (message: Report) => scope.postMessage(message, message.type === 'segment' ? [message.segment.bytes.buffer] : [])

function fail(error: unknown) {
  const problem = error instanceof RecordingError ? error.problem.name : 'encoder-failed'
  report({ type: 'failed', problem, reason: String(error) })
}

let encoding: ReturnType<typeof openEncoding> | undefined

scope.addEventListener('message', ({ data: order }) => {
  if (order.type === 'open') {
    encoding = openEncoding(order, report)
    encoding.catch(fail)
    return
  }
  encoding?.then((open) => open[order.type](order.at - performance.timeOrigin)).catch(fail)
})
