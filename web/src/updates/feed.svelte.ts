import type { Problem } from '@meanwhile/shared/contract/problem'
import type { listUpdates } from '@meanwhile/shared/contract/updates'
import { type Answer, call, problemIn } from '../api.ts'
import { followChanges } from '../follow-changes.ts'
import { joinPages, type ListedUpdate } from './update-list.ts'

const pageSize = 30
const largestPage = 100

/** Updates as far as they are loaded, newest first: all that this person sees, or those in a channel. */
export class Feed {
  /** Undefined until the first answer. */
  updates = $state.raw<ListedUpdate[] | undefined>()
  problem = $state.raw<Problem | null>(null)
  loadingMore = $state(false)
  #cursor = $state.raw<string | null>(null)
  #asked = 0
  readonly #channelId: string | undefined

  constructor(channelId?: string) {
    this.#channelId = channelId
  }

  get hasMore(): boolean {
    return this.#cursor !== null
  }

  /** Reads again what is on the screen; what was loaded beyond the largest page stays as it is. Of several readings the last counts. */
  async refresh(): Promise<void> {
    const turn = ++this.#asked
    try {
      const limit = Math.min(largestPage, Math.max(pageSize, this.updates?.length ?? 0))
      const page = await this.#read({ limit })
      if (turn !== this.#asked) return
      const joined = joinPages(page.items, this.updates ?? [], page.nextCursor !== null)
      if (joined.length === page.items.length) this.#cursor = page.nextCursor
      this.updates = joined
      this.problem = null
    } catch (error) {
      if (!this.updates && turn === this.#asked) this.problem = problemIn(error)
    }
  }

  async more(): Promise<void> {
    if (!this.#cursor || this.loadingMore) return
    this.loadingMore = true
    this.problem = null
    try {
      const page = await this.#read({ cursor: this.#cursor, limit: pageSize })
      const known = new Set(this.updates?.map(({ id }) => id))
      this.updates = [...(this.updates ?? []), ...page.items.filter(({ id }) => !known.has(id))]
      this.#cursor = page.nextCursor
    } catch (error) {
      this.problem = problemIn(error)
    } finally {
      this.loadingMore = false
    }
  }

  /** Follows what changes on the server until the returned function is called; a burst of changes is one request. */
  follow(): () => void {
    return followChanges(
      (type) => type !== 'notification' && type !== 'reaction',
      () => void this.refresh(),
    )
  }

  #read(querystring: { cursor?: string; limit: number }): Promise<Answer<typeof listUpdates>> {
    const channel = this.#channelId ? { channelId: this.#channelId } : {}
    return call<typeof listUpdates>('GET', '/api/updates', { querystring: { ...channel, ...querystring } })
  }
}
