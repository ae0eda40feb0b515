/** How long a spool without a sign of life counts as alive where there are no locks: background tabs fire timers once a minute. */
export const aliveLimitMs = 180_000
export const heartbeatMs = 15_000

const nameOf = (spoolId: string) => `meanwhile-spool-${spoolId}`

export const hasLocks = (): boolean => typeof globalThis.navigator?.locks?.request === 'function'

/**
 * Takes the lock of a spool, so that no other tab sends it too; the browser frees it when this tab dies. With a signal it waits for its turn
 * until the signal is aborted, without one it does not wait.
 * @returns what frees it; null when another tab has it
 */
export function takeLock(spoolId: string, signal?: AbortSignal): Promise<(() => void) | null> {
  if (!hasLocks()) return Promise.resolve(() => {})
  return new Promise((resolve) => {
    const options = signal ? { signal } : { ifAvailable: true }
    const hold = (lock: Lock | null) => {
      if (!lock) return resolve(null)
      return new Promise<void>((free) => resolve(free))
    }
    navigator.locks.request(nameOf(spoolId), options, hold).catch(() => resolve(null))
  })
}
