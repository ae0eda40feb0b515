import type { listAuditEvents } from '@meanwhile/shared/contract/audit'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { type Answer, call, problemIn } from '../api.ts'

type Page = Answer<typeof listAuditEvents>

/** What was done in the workspace, newest first, page by page. */
export class AuditLog {
  events = $state.raw<Page['items']>([])
  problem = $state.raw<Problem | null>(null)
  busy = $state(false)
  /** Where the next page starts; null when there is none, undefined before the first. */
  #cursor = $state.raw<string | null | undefined>()

  get hasMore(): boolean {
    return typeof this.#cursor === 'string'
  }

  /** Reads the newest again. */
  load(): Promise<void> {
    this.#cursor = undefined
    return this.more()
  }

  async more(): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.problem = null
    try {
      const cursor = this.#cursor
      const querystring = cursor ? { limit: 20, cursor } : { limit: 20 }
      const page = await call<typeof listAuditEvents>('GET', '/api/audit-events', { querystring })
      this.events = cursor ? [...this.events, ...page.items] : page.items
      this.#cursor = page.nextCursor
    } catch (error) {
      this.problem = problemIn(error)
    } finally {
      this.busy = false
    }
  }
}
