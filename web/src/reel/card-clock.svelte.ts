const stepMs = 100

/** Shows a text for as long as it takes to read, unless somebody stops it. */
export class CardClock {
  readonly durationMs: number
  ms = $state.raw(0)
  paused = $state.raw(true)
  readonly #done: () => void
  #timer: ReturnType<typeof setInterval> | undefined
  #from = 0

  constructor(durationMs: number, done: () => void) {
    this.durationMs = durationMs
    this.#done = done
  }

  play(): void {
    if (!this.paused) return
    this.paused = false
    this.#from = performance.now() - this.ms
    this.#timer = setInterval(() => this.#tick(), stepMs)
  }
  pause(): void {
    this.paused = true
    clearInterval(this.#timer)
  }
  toggle(): void {
    if (this.paused) this.play()
    else this.pause()
  }

  #tick() {
    this.ms = Math.min(this.durationMs, performance.now() - this.#from)
    if (this.ms < this.durationMs) return
    this.pause()
    this.#done()
  }
}
