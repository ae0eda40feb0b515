/** The recorder runs in a background tab, where a page's timers stop: everything that must tick is here. */

import type { Order, Report } from './encoder-messages.ts'
import { takeOrders } from './take-orders.ts'

type Scope = {
  postMessage(report: Report, transfer?: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent<Order>) => void): void
}
const scope = globalThis as unknown as Scope

const report = (message: Report) => scope.postMessage(message, message.type === 'segment' ? [message.segment.bytes.buffer] : [])

function every(ms: number, tick: () => void) {
  const timer = setInterval(tick, ms)
  return () => clearInterval(timer)
}

const obey = takeOrders(report, every)
scope.addEventListener('message', ({ data: order }) => obey(order))
