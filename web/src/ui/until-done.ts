import { timeOrNetwork } from './time-or-network.ts'

const firstWaitMs = 2_000
const longestWaitMs = 120_000

/** Does something that may fail: again, later each time and at once when the network is back, until it answers true or nobody waits for it any more. */
export async function untilDone(work: () => Promise<boolean>, unwanted: AbortSignal): Promise<void> {
  for (let waitMs = firstWaitMs; !unwanted.aborted && !(await work()); waitMs = Math.min(2 * waitMs, longestWaitMs))
    await timeOrNetwork(waitMs)
}
