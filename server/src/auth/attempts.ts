/** So many keys are remembered at most; what is over is forgotten first. */
const mostKeys = 50_000

/**
 * Counts tries that failed, in this process. A try counts from its beginning, so that many at once are not all let through; one that
 * succeeds is given back.
 */
export class Attempts {
  readonly #most: number
  readonly #windowMs: number
  readonly #counted = new Map<string, { count: number; endsAt: number }>()

  constructor(most: number, windowMs: number) {
    this.#most = most
    this.#windowMs = windowMs
  }

  /** False when there were too many; then it is not counted. */
  begin(key: string, now = Date.now()): boolean {
    const found = this.#counted.get(key)
    if (!found || found.endsAt <= now) {
      this.#counted.delete(key)
      this.#makeRoom()
      this.#counted.set(key, { count: 1, endsAt: now + this.#windowMs })
      return true
    }
    if (found.count >= this.#most) return false
    found.count++
    return true
  }

  giveBack(key: string): void {
    const found = this.#counted.get(key)
    if (found) found.count = Math.max(0, found.count - 1)
  }

  /** A Map is in the order of insertion, which is that in which they end. Several at once, because to find the first takes time. */
  #makeRoom() {
    if (this.#counted.size < mostKeys) return
    for (const key of [...this.#counted.keys()].slice(0, mostKeys / 10)) this.#counted.delete(key)
  }
}
