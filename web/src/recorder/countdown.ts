/** Counts seconds down to the start. Ends early when it is skipped, or when the signal is aborted. */
export class Countdown {
  #skip = () => {}
  #skipped = false

  async run(seconds: number, onSecond: (left: number) => void): Promise<void> {
    for (let left = seconds; left > 0 && !this.#skipped; left--) {
      onSecond(left)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000)
        this.#skip = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  skip(): void {
    this.#skipped = true
    this.#skip()
  }
}
