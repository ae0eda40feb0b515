import { within } from '../channel.ts'

/** Whoever records does not wait longer for the disk, the time in the queue counted: what comes meanwhile waits in memory too. */
const patienceMs = 5000

/** The disk owes an answer, or did not give it in time. */
export class DiskSilence extends Error {
  override name = 'DiskSilence'
}

/** How a disk is waited for that may never answer. */
export class DiskPatience {
  #owed = 0
  #lastOwed: Promise<unknown> = Promise.resolve()

  /** True while the disk owes an answer for which nobody waits any more. */
  get isOver(): boolean {
    return this.#owed > 0
  }

  /** Until when the disk is waited for with something that is there now: a moment of `performance.now()`. */
  deadline = (): number => performance.now() + patienceMs

  /** Throws DiskSilence when it is useless to ask the disk for anything that must be answered by then. */
  requireTime(deadline: number): void {
    if (this.isOver || performance.now() >= deadline) throw new DiskSilence()
  }

  /** True when the disk gives all answers that it owes, within the time that it gets for one; false when it owes none, or fails. */
  async wakes(): Promise<boolean> {
    if (!this.isOver) return false
    return within(patienceMs, this.#lastOwed, () => new DiskSilence()).then(
      () => !this.isOver,
      () => false,
    )
  }

  /** Throws DiskSilence when the disk does not answer in time, or what it throws. */
  inTime<T>(answer: Promise<T>, deadline = this.deadline()): Promise<T> {
    return within(deadline - performance.now(), answer, () => {
      this.#owed++
      const answered = () => void this.#owed--
      answer.then(answered, answered)
      this.#lastOwed = answer
      return new DiskSilence('the disk does not answer')
    })
  }
}
