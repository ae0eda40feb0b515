import type { listMails } from '@meanwhile/shared/contract/mails'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { type Answer, call, problemIn } from '../api.ts'

type Page = Answer<typeof listMails>

/** The workspace's mails, newest first, as far as they were asked for. */
export class Mails {
  all = $state.raw<Page['items']>([])
  /** The address that mails are from; null where none are sent, undefined until the first answer. */
  from = $state.raw<string | null | undefined>()
  problem = $state.raw<Problem | null>(null)
  busy = $state(false)
  #cursor = $state.raw<string | null>(null)

  get hasMore(): boolean {
    return this.#cursor !== null
  }

  async load(): Promise<void> {
    this.#cursor = null
    const page = await this.#read()
    if (page) this.all = page.items
  }

  async more(): Promise<void> {
    const page = await this.#read()
    if (page) this.all = [...this.all, ...page.items]
  }

  async #read(): Promise<Page | undefined> {
    this.busy = true
    this.problem = null
    try {
      const querystring = this.#cursor === null ? {} : { cursor: this.#cursor }
      const page = await call<typeof listMails>('GET', '/api/mails', { querystring })
      this.from = page.from
      this.#cursor = page.nextCursor
      return page
    } catch (error) {
      this.problem = problemIn(error)
      return undefined
    } finally {
      this.busy = false
    }
  }
}
