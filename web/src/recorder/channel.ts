/** A queue that is written here and read there, once, in order. */
export function channel<T>() {
  const waiting: T[] = []
  let ended = false
  let failure: unknown
  let wake = () => {}

  async function* read(): AsyncGenerator<T, void, void> {
    for (;;) {
      while (waiting.length > 0) yield waiting.shift() as T
      if (failure !== undefined) throw failure
      if (ended) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return {
    items: read(),
    push(item: T) {
      if (ended) return
      waiting.push(item)
      wake()
    },
    /** The reader ends after what was written, with an error if there is one. */
    end(error?: unknown) {
      if (ended) return
      ended = true
      failure = error
      wake()
    },
  }
}

/** A promise with its handles outside. */
export function deferred<T = void>() {
  let resolve: (value: T) => void = () => {}
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue
    reject = onError
  })
  return { promise, resolve, reject }
}

/** The promise, or the error when it takes longer than `limitMs`. */
export function within<T>(limitMs: number, promise: Promise<T>, error: () => Error): Promise<T> {
  const late = deferred<T>()
  const timer = setTimeout(() => late.reject(error()), limitMs)
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer))
}
