import { deferred } from '../channel.ts'

/** Does the work for each item, `most` at a time. The first failure ends it at once, also while no item comes. */
export async function inParallel<T>(
  items: AsyncIterable<T>,
  work: (item: T) => Promise<void>,
  most: number,
  signal: AbortSignal,
): Promise<void> {
  const underWay = new Set<Promise<void>>()
  const failed = deferred<never>()
  failed.promise.catch(() => undefined)
  const abort = () => failed.reject(signal.reason)
  signal.addEventListener('abort', abort)
  if (signal.aborted) abort()

  function begin(item: T) {
    const task: Promise<void> = work(item)
      .catch(failed.reject)
      .finally(() => underWay.delete(task))
    underWay.add(task)
  }
  try {
    const queue = items[Symbol.asyncIterator]()
    for (;;) {
      const next = await Promise.race([queue.next(), failed.promise])
      if (next.done) break
      begin(next.value)
      if (underWay.size >= most) await Promise.race([...underWay, failed.promise])
    }
    await Promise.race([Promise.all(underWay), failed.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
