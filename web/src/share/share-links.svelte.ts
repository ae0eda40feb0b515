import type {
  changeShareLink,
  createShareLink,
  listShareLinks,
  revokeShareLink,
  ShareLink,
  ShareLinkChange,
  ShareLinkDraft,
} from '@meanwhile/shared/contract/share-links'
import { call, type Wire } from '../api.ts'

export type Link = Wire<typeof ShareLink>
const all = '/api/updates/:updateId/share-links'
const one = '/api/share-links/:linkId'

/** The share links of an update, newest first. Every method throws an ApiError. */
export class ShareLinks {
  /** Undefined until the first answer. */
  list = $state.raw<Link[] | undefined>()
  readonly #params: { updateId: string }

  constructor(updateId: string) {
    this.#params = { updateId }
  }

  async load(): Promise<void> {
    this.list = await call<typeof listShareLinks>('GET', all, { params: this.#params })
  }

  async create(body: Wire<typeof ShareLinkDraft>): Promise<void> {
    const made = await call<typeof createShareLink>('POST', all, { params: this.#params, body })
    this.list = [made, ...(this.list ?? [])]
  }

  async change(linkId: string, body: Wire<typeof ShareLinkChange>): Promise<void> {
    const changed = await call<typeof changeShareLink>('PATCH', one, { params: { linkId }, body })
    this.list = this.list?.map((link) => (link.id === linkId ? changed : link))
  }

  async revoke(linkId: string): Promise<void> {
    await call<typeof revokeShareLink>('DELETE', one, { params: { linkId } })
    this.list = this.list?.filter(({ id }) => id !== linkId)
  }
}
