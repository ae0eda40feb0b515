/**
 * Does `work` now and every `everyMs` after the last time has ended; a failure is told to `onError` and does not end it.
 * @returns the function that ends it, when a round that runs is over
 */
export function startEvery(everyMs: number, work: () => Promise<unknown>, onError: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const round = async () => {
    await work().catch(onError)
    if (!isStopped) timer = setTimeout(next, everyMs)
  }
  let current = round()
  function next() {
    current = round()
  }
  return async () => {
    isStopped = true
    clearTimeout(timer)
    await current
  }
}
