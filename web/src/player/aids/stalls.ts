import type { Range } from '@meanwhile/shared/media/cuts'

/** So much waiting in so much time is no way to watch. */
const tooLongMs = 4_000
const lookedAtMs = 20_000
/** When nothing has come for so long, the connection is gone rather than slow: then something smaller would not come either. */
const goneMs = 3_000

/** Adds up how long a player waits for what is on its way. Moments are those of any one clock, in ms. */
export class StallMeter {
  #waits: Range[] = []
  /** Since when it waits for the next bytes; null while it does not. */
  #sinceMs: number | null = null

  /** It has nothing to play, though it should. */
  wait(ms: number) {
    this.#sinceMs ??= ms
  }

  /** More has come. @returns true when it waits too much */
  receive(ms: number): boolean {
    if (this.#sinceMs === null) return false
    if (ms - this.#sinceMs <= goneMs) this.#waits.push([this.#sinceMs, ms])
    this.#sinceMs = ms
    const firstMs = ms - lookedAtMs
    this.#waits = this.#waits.filter(([, to]) => to > firstMs)
    return this.#waits.reduce((sum, [from, to]) => sum + to - Math.max(from, firstMs), 0) >= tooLongMs
  }

  /** Whether it waits or not says nothing any more. */
  leave() {
    this.#sinceMs = null
  }
  forget() {
    this.#waits = []
    this.leave()
  }
}

/** Tells whenever the connection proves too slow for what is played. */
export function heedStalls(media: HTMLMediaElement, tooSlow: () => void, signal: AbortSignal): void {
  const meter = new StallMeter()
  const on = (names: string[], then: () => void) => {
    for (const name of names) media.addEventListener(name, then, { signal })
  }
  const receive = () => {
    if (!meter.receive(performance.now())) return
    meter.forget()
    tooSlow()
  }
  // Where somebody goes nothing is there yet, however fast the connection is.
  on(['waiting'], () => media.seeking || meter.wait(performance.now()))
  on(['progress', 'playing'], receive)
  on(['playing', 'pause', 'seeking'], () => meter.leave())
  on(['emptied'], () => meter.forget())
}
