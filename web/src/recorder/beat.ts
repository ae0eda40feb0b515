import { createSubscriber } from 'svelte/reactivity'

/**
 * A function to read beside a value that moves by itself: what reads it is drawn again every `everyMs`. The timers of a window that
 * is seen are not slowed down when the page itself is hidden.
 */
export const beat = (everyMs: number, timers: Pick<Window, 'setInterval' | 'clearInterval'> = globalThis.window): (() => void) =>
  createSubscriber((update) => {
    const timer = timers.setInterval(update, everyMs)
    return () => timers.clearInterval(timer)
  })
