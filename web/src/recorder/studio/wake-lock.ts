/**
 * Keeps the computer from going to sleep until the returned function is called. Browsers take the lock back while the page is
 * hidden; it is asked for again when the person returns. Where there is none, or on a low battery, nothing happens.
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null
  let ended = false

  async function ask() {
    if (document.visibilityState !== 'visible' || (lock && !lock.released)) return
    lock = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null
    if (ended) void lock?.release()
  }
  const again = () => void ask()
  document.addEventListener('visibilitychange', again)
  again()
  return () => {
    ended = true
    document.removeEventListener('visibilitychange', again)
    void lock?.release()
  }
}
