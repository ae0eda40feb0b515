import { focusOf } from '../player/shortcuts.ts'

/** A press that ends writing is over before what waited goes on: else the same press would stop it again. */
const releaseMs = 300

/** Whether the focus is where something is written: a field, or the choices of a form. */
function fieldIn(discussion: Element | undefined): Element | null {
  const { activeElement: focused } = document
  if (!focused || !discussion?.contains(focused)) return null
  const form = focused.closest('form')
  const focus = focusOf(focused)
  return focus === 'text' || (focus === 'choice' && form) ? (form ?? focused) : null
}

/**
 * Tells whether somebody writes in the discussion, from the moment on when a field has the focus until it leaves the form that the
 * field is of; `busy`: they do something else that must not be interrupted. `look` is called when that changes, `stop` ends it.
 */
export function followWriting(discussion: () => Element | undefined, busy: () => boolean, tell: (writes: boolean) => void) {
  let within: Element | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = new AbortController()

  function writes(): boolean {
    const { activeElement: focused } = document
    within = fieldIn(discussion()) ?? within
    const isAtIt = within?.isConnected && (within.contains(focused) || focused?.closest('.menu'))
    return busy() || Boolean(isAtIt)
  }
  function look() {
    clearTimeout(timer)
    if (writes()) return tell(true)
    timer = setTimeout(() => {
      if (writes()) return
      within = null
      tell(false)
    }, releaseMs)
  }
  // A field that is taken away says nothing in some browsers: the next press or key tells.
  for (const name of ['focusin', 'focusout', 'pointerup', 'keyup']) addEventListener(name, look, { signal: stop.signal })
  return {
    look,
    stop() {
      stop.abort()
      clearTimeout(timer)
    },
  }
}
