import { within } from '../channel.ts'

/** Whoever records does not wait longer for the disk: what comes meanwhile would pile up where nobody counts it. */
const patienceMs = 5000

/** How a disk is waited for that may never answer. */
export class DiskPatience {
  #owed = 0

  /** True while the disk owes an answer for which nobody waits any more. */
  get isOver(): boolean {
    return this.#owed > 0
  }

  /** Throws when the disk does not answer in time, or what it throws. */
  inTime<T>(answer: Promise<T>): Promise<T> {
    return within(patienceMs, answer, () => {
      this.#owed++
      const answered = () => void this.#owed--
      answer.then(answered, answered)
      return new Error('the disk does not answer')
    })
  }
}
