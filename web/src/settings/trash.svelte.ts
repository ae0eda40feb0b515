import type { Problem } from '@meanwhile/shared/contract/problem'
import type { eraseUpdate, listTrash, restoreUpdate } from '@meanwhile/shared/contract/trash'
import { type Answer, call, problemIn } from '../api.ts'
import { say } from './storage-words.ts'

type Page = Answer<typeof listTrash>
export type InTrash = Page['items'][number]

const pageSize = 20

/** What can still be restored, the latest first, page by page. Changes throw ApiError. */
export class Trash {
  /** Undefined until the first answer. */
  items = $state.raw<InTrash[] | undefined>()
  problem = $state.raw<Problem | null>(null)
  busy = $state(false)
  #cursor = $state.raw<string | null>(null)

  get hasMore(): boolean {
    return this.#cursor !== null
  }

  /** Reads the first page, or the next one. */
  async more(): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.problem = null
    try {
      const querystring = this.#cursor ? { limit: pageSize, cursor: this.#cursor } : { limit: pageSize }
      const page = await call<typeof listTrash>('GET', '/api/trash', { querystring })
      this.items = [...(this.items ?? []), ...page.items]
      this.#cursor = page.nextCursor
    } catch (error) {
      this.problem = problemIn(error)
    } finally {
      this.busy = false
    }
  }

  #forget(updateId: string) {
    this.items = this.items?.filter(({ id }) => id !== updateId)
  }

  async restore(updateId: string): Promise<void> {
    await call<typeof restoreUpdate>('POST', '/api/trash/:updateId/restore', { params: { updateId } })
    this.#forget(updateId)
  }

  async erase(updateId: string): Promise<void> {
    await call<typeof eraseUpdate>('DELETE', '/api/trash/:updateId', { params: { updateId } })
    this.#forget(updateId)
  }
}

/** How many days are left, said for people. */
export function daysLeft(goneAt: string, now = Date.now()): string {
  const days = Math.ceil((Date.parse(goneAt) - now) / 86_400_000)
  if (days <= 0) return say('trash.anyMoment')
  return days === 1 ? say('trash.withinDay') : say('trash.daysLeft', { days })
}
