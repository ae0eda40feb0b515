import type {
  createManagerLink,
  listManagerLinks,
  ManagerLink,
  revokeManagerLink,
} from '@meanwhile/shared/contract/manager-links'
import { call, type Input, type Wire } from '../api.ts'

export type ShownLink = Wire<typeof ManagerLink>
const all = '/api/positions/:positionId/manager-links'

/** The links of a position to hiring managers, newest first. Each throws ApiError. */
export class ManagerLinks {
  list = $state.raw<ShownLink[] | undefined>()
  readonly #params: { positionId: string }

  constructor(positionId: string) {
    this.#params = { positionId }
  }

  async load(): Promise<void> {
    this.list = (await call<typeof listManagerLinks>('GET', all, { params: this.#params })).items
  }

  async create(body: Input<typeof createManagerLink>['body']): Promise<ShownLink> {
    const link = await call<typeof createManagerLink>('POST', all, { params: this.#params, body })
    this.list = [link, ...(this.list ?? [])]
    return link
  }

  async revoke(managerLinkId: string): Promise<void> {
    await call<typeof revokeManagerLink>('DELETE', '/api/manager-links/:managerLinkId', { params: { managerLinkId } })
    this.list = this.list?.filter(({ id }) => id !== managerLinkId)
  }
}
