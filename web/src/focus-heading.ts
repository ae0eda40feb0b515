const patienceMs = 5_000

/**
 * Moves the focus to the heading of a page that was just opened, as soon as the page has one, so that a screen reader
 * says where the person is. Leaves it alone when the page or the person put it somewhere themselves. Returns a stop.
 */
export function focusHeading(main: HTMLElement): () => void {
  main.focus({ preventScroll: true })
  const observer = new MutationObserver(tryFocus)
  const timer = setTimeout(stop, patienceMs)
  function tryFocus() {
    const heading = main.querySelector('h1')
    if (document.activeElement !== main && document.activeElement !== document.body) return stop()
    if (!heading) return
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
    stop()
  }
  function stop() {
    clearTimeout(timer)
    observer.disconnect()
  }
  observer.observe(main, { childList: true, subtree: true })
  tryFocus()
  return stop
}
