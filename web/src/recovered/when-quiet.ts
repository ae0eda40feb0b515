const longestWaitMs = 8_000

/** Resolves when the page has shown what it was opened for: a page that plays something, with its first frame. */
export function whenQuiet(plays: boolean): Promise<void> {
  const shown = plays ? firstFrame() : Promise.resolve()
  return shown.then(idle)
}

const firstFrame = () =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(end, longestWaitMs)
    document.addEventListener('loadeddata', end, { capture: true })
    function end() {
      clearTimeout(timer)
      document.removeEventListener('loadeddata', end, { capture: true })
      resolve()
    }
  })

const idle = () =>
  new Promise<void>((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 2_000 })
    else setTimeout(resolve, 200)
  })
