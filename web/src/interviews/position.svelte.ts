import type {
  changePosition,
  leavePosition,
  PositionRole,
  readPosition,
  setPositionRole,
} from '@meanwhile/shared/contract/positions'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { call, type Input, problemIn } from '../api.ts'
import type { ShownPosition } from './positions.svelte.ts'

const one = '/api/positions/:positionId'
const person = '/api/positions/:positionId/people/:userId'

/** One position: its rules and its people. */
export class OnePosition {
  shown = $state.raw<ShownPosition | undefined>()
  problem = $state.raw<Problem | null>(null)
  readonly #params: { positionId: string }

  constructor(positionId: string) {
    this.#params = { positionId }
  }

  async load(): Promise<void> {
    try {
      this.shown = await call<typeof readPosition>('GET', one, { params: this.#params })
      this.problem = null
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  /** Throws ApiError. */
  async change(body: Input<typeof changePosition>['body']): Promise<void> {
    this.shown = await call<typeof changePosition>('PATCH', one, { params: this.#params, body })
  }

  /** Throws ApiError. */
  async setRole(userId: string, role: PositionRole): Promise<void> {
    this.shown = await call<typeof setPositionRole>('PUT', person, { params: { ...this.#params, userId }, body: { role } })
  }

  /** Takes somebody out, or oneself. Throws ApiError. */
  async takeOut(userId: string): Promise<void> {
    await call<typeof leavePosition>('DELETE', person, { params: { ...this.#params, userId } })
    const { shown } = this
    if (shown) this.shown = { ...shown, people: shown.people.filter((each) => each.person.id !== userId) }
  }
}
