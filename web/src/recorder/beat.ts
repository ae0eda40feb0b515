import { createSubscriber } from 'svelte/reactivity'

/** A function to read beside a value that moves by itself: what reads it is drawn again every `everyMs`. */
export const beat = (everyMs: number): (() => void) =>
  createSubscriber((update) => {
    const timer = setInterval(update, everyMs)
    return () => clearInterval(timer)
  })
