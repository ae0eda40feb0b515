import type { leavePairing, PairingPage, readPairing } from '@meanwhile/shared/contract/pairings'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { call, problemIn, type Wire } from '../api.ts'
import { followChanges } from '../follow-changes.ts'

const one = '/api/pairings/:pairingId'

/** One pairing with what its viewer sees of its answers. */
export class OnePairing {
  pairing = $state.raw<Wire<typeof PairingPage> | undefined>()
  problem = $state.raw<Problem | null>(null)
  #turn = 0
  readonly #params: { pairingId: string }

  constructor(pairingId: string) {
    this.#params = { pairingId }
  }

  async load(): Promise<void> {
    const turn = ++this.#turn
    try {
      const pairing = await call<typeof readPairing>('GET', one, { params: this.#params })
      if (turn !== this.#turn) return
      this.pairing = pairing
      this.problem = null
    } catch (error) {
      if (turn === this.#turn) this.problem = problemIn(error)
    }
  }

  /** Reads it, and again whenever something changes that it shows, until the returned function is called. */
  follow(): () => void {
    void this.load()
    const these = new Set(['notification', 'update', 'video', 'comment', 'reconnected'])
    return followChanges(
      (type) => these.has(type),
      () => void this.load(),
    )
  }

  /** Throws ApiError. */
  async leave(): Promise<void> {
    await call<typeof leavePairing>('DELETE', '/api/pairings/:pairingId/me', { params: this.#params })
  }
}
