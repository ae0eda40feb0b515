import type { listRounds, readCheckIn } from '@meanwhile/shared/contract/check-ins'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { type Answer, call, problemIn } from '../api.ts'
import { followChanges } from '../follow-changes.ts'
import type { ShownCheckIn } from './check-ins.svelte.ts'

export type ListedRound = Answer<typeof listRounds>['items'][number]

/** One check-in and its rounds, newest first. */
export class OneCheckIn {
  checkIn = $state.raw<ShownCheckIn | undefined>()
  rounds = $state.raw<ListedRound[]>([])
  problem = $state.raw<Problem | null>(null)
  #cursor = $state.raw<string | null>(null)
  #turn = 0
  readonly #id: string

  constructor(checkInId: string) {
    this.#id = checkInId
  }

  get hasMore(): boolean {
    return this.#cursor !== null
  }

  async load(): Promise<void> {
    const turn = ++this.#turn
    try {
      const params = { checkInId: this.#id }
      const checkIn = await call<typeof readCheckIn>('GET', '/api/check-ins/:checkInId', { params })
      const page = await this.#read({})
      if (turn !== this.#turn) return
      this.checkIn = checkIn
      if (this.rounds.length <= page.items.length) this.#cursor = page.nextCursor
      this.rounds = [...page.items, ...this.rounds.slice(page.items.length)]
      this.problem = null
    } catch (error) {
      if (turn === this.#turn) this.problem = problemIn(error)
    }
  }

  async more(): Promise<void> {
    if (!this.#cursor) return
    try {
      const page = await this.#read({ cursor: this.#cursor })
      this.rounds = [...this.rounds, ...page.items]
      this.#cursor = page.nextCursor
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  /** Reads it, and again whenever something changes where it is, until the returned function is called. */
  follow(): () => void {
    void this.load()
    return followChanges(
      (type) => type === 'channel' || type === 'reconnected',
      () => void this.load(),
    )
  }

  #read(part: { cursor?: string }) {
    return call<typeof listRounds>('GET', '/api/check-ins/:checkInId/rounds', {
      params: { checkInId: this.#id },
      querystring: { limit: 30, ...part },
    })
  }
}
