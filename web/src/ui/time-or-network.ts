/** Resolves after so many milliseconds, or earlier when the browser says that the network is back. */
export const timeOrNetwork = (ms: number) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(end, ms)
    addEventListener('online', end)
    function end() {
      clearTimeout(timer)
      removeEventListener('online', end)
      resolve()
    }
  })
