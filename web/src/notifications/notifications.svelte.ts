import type {
  listNotifications,
  Notification,
  readAllNotifications,
  readNotification,
} from '@meanwhile/shared/contract/notifications'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { call, problemIn, type Wire } from '../api.ts'
import { onLive } from '../live.svelte.ts'

type Shown = Wire<typeof Notification>

const pageSize = 30

/**
 * What concerns the viewer. The server counts what is not read and tells every tab when that changes, so that all of them
 * show the same number.
 */
export class Notifications {
  unread = $state(0)
  /** Undefined until they were asked for. */
  items = $state.raw<Shown[] | undefined>()
  problem = $state.raw<Problem | null>(null)
  #cursor = $state.raw<string | null>(null)
  #wanted = false
  #asked = 0
  readonly #which: { unread?: 'true'; without?: string }

  /** @param which all of them, or those that are not read and of no kind in `without` */
  constructor(which: { unread?: 'true'; without?: string } = {}) {
    this.#which = which
  }

  get hasMore(): boolean {
    return this.#cursor !== null
  }

  /** Keeps the count, and the list once it was opened, until the returned function is called. */
  follow(): () => void {
    void this.refresh()
    return onLive(({ type }) => {
      if (type === 'notification' || type === 'channel' || type === 'reconnected') void this.refresh()
    })
  }

  /** Shows the newest of them. */
  open(): Promise<void> {
    this.#wanted = true
    return this.refresh()
  }

  /** Reads again what is shown; of several readings at once the last one counts. */
  async refresh(): Promise<void> {
    const turn = ++this.#asked
    const limit = this.#wanted ? Math.min(100, Math.max(pageSize, this.items?.length ?? 0)) : 0
    try {
      const page = await call<typeof listNotifications>('GET', '/api/notifications', { querystring: { ...this.#which, limit } })
      if (turn !== this.#asked) return
      this.unread = page.unread
      this.problem = null
      if (limit === 0) return
      this.items = page.items
      this.#cursor = page.nextCursor
    } catch (error) {
      if (turn === this.#asked) this.problem = problemIn(error)
    }
  }

  async more(): Promise<void> {
    const cursor = this.#cursor
    if (!cursor) return
    try {
      const page = await call<typeof listNotifications>('GET', '/api/notifications', {
        querystring: { ...this.#which, cursor, limit: pageSize },
      })
      const known = new Set(this.items?.map(({ id }) => id))
      this.items = [...(this.items ?? []), ...page.items.filter(({ id }) => !known.has(id))]
      this.#cursor = page.nextCursor
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  /** It is shown as read at once; what the server says afterwards counts. */
  async markRead(notificationId: string): Promise<void> {
    const readAt = new Date().toISOString()
    this.items = this.items?.map((item) => (item.id === notificationId && !item.readAt ? { ...item, readAt } : item))
    await this.#mark(() =>
      call<typeof readNotification>('PUT', '/api/notifications/:notificationId/read', { params: { notificationId } }),
    )
  }

  async markAllRead(): Promise<void> {
    await this.#mark(() => call<typeof readAllNotifications>('PUT', '/api/notifications/read', { body: {} }))
    await this.refresh()
  }

  async #mark(work: () => Promise<{ unread: number }>) {
    try {
      this.unread = (await work()).unread
    } catch (error) {
      this.problem = problemIn(error)
    }
  }
}
