import type { LogEntry, LoggedDecision, listChannelDecisions, listDecisions } from '@meanwhile/shared/contract/decisions'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { type Verified, verifyLog } from '@meanwhile/shared/decisions/log-hash'
import { type Answer, call, problemIn, unreachable, type Wire } from '../api.ts'

export type ShownEntry = Wire<typeof LoggedDecision>
type Page = Answer<typeof listDecisions>

/** What was decided in a place, newest first, and whether its chain of hashes holds. */
export class DecisionLog {
  /** Undefined until the first answer. */
  entries = $state.raw<ShownEntry[] | undefined>()
  problem = $state.raw<Problem | null>(null)
  hasMore = $state(false)
  busy = $state(false)
  /** Undefined until it was checked; null where this browser cannot, as without HTTPS. */
  verified = $state.raw<Verified | null | undefined>()
  readonly #channelId: string | null
  #q = ''
  #cursor: string | null = null
  #asked = 0

  constructor(channelId: string | null) {
    this.#channelId = channelId
  }

  /** Where all of it is as a file. */
  get exportUrl(): string {
    return this.#channelId ? `/api/channels/${encodeURIComponent(this.#channelId)}/decisions/export` : '/api/decisions/export'
  }

  /** Those with some words, or all. */
  search(q: string): Promise<void> {
    this.#q = q
    this.#cursor = null
    return this.more()
  }

  async more(): Promise<void> {
    const turn = ++this.#asked
    const cursor = this.#cursor
    this.busy = true
    try {
      const page = await this.#read({ q: this.#q, ...(cursor ? { cursor } : {}) })
      if (turn !== this.#asked) return
      this.entries = cursor ? [...(this.entries ?? []), ...page.items] : page.items
      this.#cursor = page.nextCursor
      this.hasMore = page.nextCursor !== null
      this.problem = null
    } catch (error) {
      if (turn === this.#asked) this.problem = problemIn(error)
    } finally {
      if (turn === this.#asked) this.busy = false
    }
  }

  #read(querystring: { q: string; cursor?: string }): Promise<Page> {
    const channelId = this.#channelId
    if (channelId === null) return call<typeof listDecisions>('GET', '/api/decisions', { querystring })
    const input = { params: { channelId }, querystring }
    return call<typeof listChannelDecisions>('GET', '/api/channels/:channelId/decisions', input)
  }

  /** Reads all of it, as everybody else can, and computes every hash here. Throws ApiError. */
  async verify(): Promise<void> {
    if (!globalThis.crypto?.subtle) {
      this.verified = null
      return
    }
    const answer = await fetch(this.exportUrl).catch((cause) => {
      throw unreachable(cause)
    })
    if (!answer.ok) throw unreachable()
    const lines = (await answer.text()).split('\n').filter(Boolean)
    this.verified = await verifyLog(lines.map((line) => JSON.parse(line) as LogEntry))
  }
}
