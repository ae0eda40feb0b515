import { timeOrNetwork } from './time-or-network.ts'

const firstWaitMs = 1_000
const styleWaitMs = 2_000
const longestWaitMs = 300_000

/**
 * What `load` imports. A page outlives its network: when that is down the import is tried again, later each time, and at once
 * when the browser says that it is back.
 */
export const untilLoaded = <T>(load: () => Promise<T>, waitMs = firstWaitMs): Promise<T> =>
  load().catch(async () => {
    await timeOrNetwork(waitMs)
    return untilLoaded(load, Math.min(2 * waitMs, longestWaitMs))
  })

/** Asks again for style sheets that could not be loaded: who imports what needs them asks only once. */
export function retryStyles(): void {
  const again = async ({ target }: Event) => {
    if (!(target instanceof HTMLLinkElement) || target.rel !== 'stylesheet') return
    await timeOrNetwork(styleWaitMs)
    target.replaceWith(target.cloneNode())
  }
  addEventListener('error', again, { capture: true })
}
