import type { changeDelivery, Delivery, DeliveryChange, readDelivery } from '@meanwhile/shared/contract/delivery'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { call, problemIn, type Wire } from '../api.ts'

/** When and how this person gets what is new. */
export class OwnDelivery {
  /** Null until it has been read. */
  now = $state.raw<Wire<typeof Delivery> | null>(null)
  problem = $state.raw<Problem | null>(null)

  async load(): Promise<void> {
    this.problem = null
    try {
      this.now = await call<typeof readDelivery>('GET', '/api/me/delivery')
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  /** @throws {ApiError} */
  async change(change: DeliveryChange): Promise<void> {
    this.now = await call<typeof changeDelivery>('PATCH', '/api/me/delivery', { body: change })
  }
}
