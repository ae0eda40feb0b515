import type { Question, Round, readRoundOn, replyToRound, setRoundState } from '@meanwhile/shared/contract/check-ins'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { call, problemIn, type Wire } from '../api.ts'
import { followChanges } from '../follow-changes.ts'

export type ShownRound = Wire<typeof Round>
export type RoundMember = ShownRound['people'][number]
export type ShownQuestion = Wire<typeof Question>
export type Reply = { texts?: Record<string, string>; numbers?: Record<string, number | null>; isBlocked?: boolean }

/** One round with its answers. */
export class OneRound {
  round = $state.raw<ShownRound | undefined>()
  problem = $state.raw<Problem | null>(null)
  #turn = 0
  readonly #checkInId: string
  readonly #date: string

  constructor(checkInId: string, date: string) {
    this.#checkInId = checkInId
    this.#date = date
  }

  async load(): Promise<void> {
    const turn = ++this.#turn
    try {
      const params = { checkInId: this.#checkInId, date: this.#date }
      const round = await call<typeof readRoundOn>('GET', '/api/check-ins/:checkInId/rounds/:date', { params })
      if (turn !== this.#turn) return
      this.round = round
      this.problem = null
    } catch (error) {
      if (turn === this.#turn) this.problem = problemIn(error)
    }
  }

  /** Reads it, and again whenever something changes that it shows, until the returned function is called. */
  follow(): () => void {
    void this.load()
    return followChanges(
      (type) => type !== 'viewer' && type !== 'reaction',
      () => void this.load(),
    )
  }

  /** Throws ApiError. */
  async reply(body: Reply): Promise<void> {
    this.#take(await call<typeof replyToRound>('PUT', '/api/rounds/:roundId/reply', { params: this.#params, body }))
  }

  /** Throws ApiError. */
  async setState(state: 'skipped' | 'nothing' | 'waiting'): Promise<void> {
    this.#take(await call<typeof setRoundState>('PUT', '/api/rounds/:roundId/state', { params: this.#params, body: { state } }))
  }

  /** What is being read may be older than this. */
  #take(round: ShownRound) {
    this.#turn++
    this.round = round
  }

  get #params() {
    return { roundId: this.round?.id ?? '' }
  }
}
