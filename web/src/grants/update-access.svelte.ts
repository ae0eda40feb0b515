import type {
  askForAccess,
  declineAsk,
  grantAccess,
  listAccess,
  revokeAccess,
  UpdateAccess,
} from '@meanwhile/shared/contract/grants'
import { call, type Wire } from '../api.ts'

const grants = '/api/updates/:updateId/grants'
const grant = '/api/updates/:updateId/grants/:userId'
const asks = '/api/updates/:updateId/asks'
const ask = '/api/updates/:updateId/asks/:userId'

/** Asks to be let in to what is at an address, if anything is. Throws an ApiError. */
export const askToSee = (updateId: string): Promise<null> => call<typeof askForAccess>('POST', asks, { params: { updateId } })

/** Who was let in to an update, and who asks to be. Every method throws an ApiError. */
export class LetIn {
  /** Undefined until the first answer. */
  known = $state.raw<Wire<typeof UpdateAccess> | undefined>()
  readonly #updateId: string

  constructor(updateId: string) {
    this.#updateId = updateId
  }

  async load(): Promise<void> {
    this.known = await call<typeof listAccess>('GET', grants, { params: { updateId: this.#updateId } })
  }
  async allow(userId: string): Promise<void> {
    this.known = await call<typeof grantAccess>('PUT', grant, { params: this.#of(userId) })
  }
  async decline(userId: string): Promise<void> {
    this.known = await call<typeof declineAsk>('DELETE', ask, { params: this.#of(userId) })
  }
  async revoke(userId: string): Promise<void> {
    this.known = await call<typeof revokeAccess>('DELETE', grant, { params: this.#of(userId) })
  }

  #of = (userId: string) => ({ updateId: this.#updateId, userId })
}
