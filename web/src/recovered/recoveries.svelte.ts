import { withdraw } from '../recorder/spool/discarded.ts'
import type { Spool } from '../recorder/spool/spool.ts'
import type { SpoolNote } from '../recorder/spool/spool-note.ts'
import type { SpooledRecording } from '../recorder/spool/spooled-recordings.ts'
import { quietly } from '../recorder/upload/persistently.ts'
import { Recovery, type RecoveryNeeds } from './recovery.svelte.ts'

type Needs = RecoveryNeeds & {
  /** What is on this device of this person, also what other tabs are busy with. */
  list(): Promise<SpooledRecording[]>
  /** The video of what a recording belongs to, null when the server has nothing of it. Throws ApiError. */
  findRecorded(note: SpoolNote): Promise<string | null>
  /** Whether the server has anything to see or hear of its video. Throws ApiError. */
  hasArrived(note: SpoolNote, videoId: string, signal: AbortSignal): Promise<boolean>
  /** Waits until nobody has it; null when it is gone by then. */
  takeOver(spoolId: string, signal: AbortSignal): Promise<Spool | null>
}

/** What this person left behind on this device, found by whichever tab is there to find it. */
export class Recoveries {
  all = $state.raw<Recovery[]>([])
  readonly #needs: Needs
  readonly #followed = new Set<string>()
  readonly #abort = new AbortController()
  /** One at a time: a recording that runs meanwhile needs the network too. */
  #queue: Promise<void> = Promise.resolve()

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Looks for what nobody is busy with, and waits for what somebody is: a tab may die. */
  async look(): Promise<void> {
    const found = await this.#needs.list().catch(() => [])
    await Promise.all(found.map(({ note }) => this.#follow(note)))
  }

  dismiss(recovery: Recovery): void {
    this.all = this.all.filter((other) => other !== recovery)
  }

  /** The person signs out: others may go on with what is not sent. */
  async leave(): Promise<void> {
    this.#abort.abort()
    const busy = this.all.filter(({ state }) => state.name !== 'done' && state.name !== 'discarded')
    this.all = []
    await Promise.all(busy.map((recovery) => recovery.leave()))
  }

  async #follow({ spoolId, updateId, name, closed }: SpoolNote) {
    const { signal } = this.#abort
    // What was thrown away and restored becomes another update; half a file may become a whole one.
    const key = `${spoolId} ${updateId} ${name === undefined || closed}`
    if (this.#followed.has(key) || signal.aborted) return
    this.#followed.add(key)
    try {
      const spool = await this.#needs.takeOver(spoolId, signal)
      if (spool && !(await this.#isOver(spool))) await this.#recover(spool)
    } catch {
      // The disk does not answer: it may when somebody looks again.
      this.#followed.delete(key)
    }
  }

  async #recover(spool: Spool) {
    const recovery = new Recovery(spool, this.#needs)
    this.all = [...this.all, recovery]
    this.#queue = this.#queue.then(() => recovery.send())
    await this.#queue
  }

  /** What was thrown away waits to be restored, half a file waits for its import; what never had a picture or a sound is nothing to recover. */
  async #isOver(spool: Spool): Promise<boolean> {
    if (spool.note.discarded) {
      await withdraw(spool, this.#needs)
      return true
    }
    if (spool.note.name !== undefined && !spool.note.closed) {
      await spool.release()
      return true
    }
    if (!spool.isEmpty) return false
    await this.#clearAway(spool)
    return true
  }

  /**
   * What went from memory while the disk took nothing is known to the server alone, even that there is an update: it publishes that in time.
   */
  async #clearAway(spool: Spool): Promise<void> {
    const { note } = spool
    const ask = async () => {
      const videoId = note.update?.videoId ?? (await this.#needs.findRecorded(note))
      return videoId !== null && (await this.#needs.hasArrived(note, videoId, this.#abort.signal))
    }
    const arrived = await quietly(ask, this.#abort.signal)
    if (arrived === false) return withdraw(spool, this.#needs)
    await (arrived ? spool.remove() : spool.release())
  }
}
