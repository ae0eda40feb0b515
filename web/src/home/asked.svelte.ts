import type { Asked, listAsked } from '@meanwhile/shared/contract/asked'
import type { listPairings, Pairing } from '@meanwhile/shared/contract/pairings'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type { listWaitingCandidates, WaitingCandidates } from '@meanwhile/shared/contract/waiting-candidates'
import type { listWaitingDecisions, WaitingDecision } from '@meanwhile/shared/contract/waiting-decisions'
import type { listWaitingRounds, WaitingRound } from '@meanwhile/shared/contract/waiting-rounds'
import { type Answer, call, problemIn, type Wire } from '../api.ts'
import { followChanges } from '../follow-changes.ts'

/** Something that this person owes: an answer, something to do, a vote, their part of a round or a pairing, or what candidates were promised. */
export type Owed = { id: string; dueAt: string | null; late: boolean } & (
  | { kind: 'comment'; asked: Wire<typeof Asked> }
  | { kind: 'decision'; decision: Wire<typeof WaitingDecision> }
  | { kind: 'round'; round: Wire<typeof WaitingRound> }
  | { kind: 'pairing'; pairing: Wire<typeof Pairing> }
  | { kind: 'candidates'; position: Wire<typeof WaitingCandidates> }
)

/** Late first, because it is due before the rest; what is never due last. */
export const byDue = (a: Pick<Owed, 'dueAt'>, b: Pick<Owed, 'dueAt'>): number => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9')

const pageSize = 50

/** What is asked of this person and not done yet, in the order in which it is due. */
export class AskedOfMe {
  /** Undefined until the first answer. */
  items = $state.raw<Owed[] | undefined>()
  /** There is more than is shown. */
  hasMore = $state(false)
  problem = $state.raw<Problem | null>(null)
  #turn = 0
  #pages = 1

  async refresh(): Promise<void> {
    const turn = ++this.#turn
    try {
      const [comments, rounds, decisions, pairings, candidates] = await Promise.all([
        this.#asked(),
        call<typeof listWaitingRounds>('GET', '/api/me/rounds'),
        call<typeof listWaitingDecisions>('GET', '/api/me/decisions'),
        call<typeof listPairings>('GET', '/api/pairings'),
        call<typeof listWaitingCandidates>('GET', '/api/me/candidates'),
      ])
      if (turn !== this.#turn) return
      const asked = comments.all.map((one): Owed => {
        const { id, dueAt } = one.comment
        return { kind: 'comment', id, dueAt, late: one.late, asked: one }
      })
      const due = rounds.items.map((round): Owed => {
        const { id, dueAt, late } = round
        return { kind: 'round', id, dueAt, late, round }
      })
      const open = decisions.items.map((decision): Owed => {
        const { id, closesAt: dueAt } = decision
        return { kind: 'decision', id, dueAt, late: false, decision }
      })
      const paired = pairings.items
        .filter(({ state, answered }) => state === 'open' && !answered)
        .map((pairing): Owed => ({ kind: 'pairing', id: pairing.id, dueAt: pairing.endsAt, late: false, pairing }))
      const promised = candidates.items.map((position): Owed => {
        const { positionId: id, dueAt, late } = position
        return { kind: 'candidates', id, dueAt, late, position }
      })
      this.items = [...asked, ...due, ...open, ...paired, ...promised].toSorted(byDue)
      this.hasMore = comments.hasMore
      this.problem = null
    } catch (error) {
      if (turn === this.#turn) this.problem = problemIn(error)
    }
  }

  /** Shows another page of it. */
  async more(): Promise<void> {
    this.#pages++
    await this.refresh()
  }

  /** As many pages as are shown. */
  async #asked() {
    const all: Wire<typeof Asked>[] = []
    let cursor: string | null | undefined
    for (let page = 0; page < this.#pages && cursor !== null; page++) {
      const querystring = { limit: pageSize, ...(cursor ? { cursor } : {}) }
      const found: Answer<typeof listAsked> = await call<typeof listAsked>('GET', '/api/me/asked', { querystring })
      all.push(...found.items)
      cursor = found.nextCursor
    }
    return { all, hasMore: cursor !== null }
  }

  /** Until the returned function is called. */
  follow(): () => void {
    const these = new Set(['notification', 'comment', 'channel', 'reconnected'])
    return followChanges(
      (type) => these.has(type),
      () => void this.refresh(),
    )
  }
}
