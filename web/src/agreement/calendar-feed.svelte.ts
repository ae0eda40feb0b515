import type {
  CalendarFeed,
  createCalendarFeed,
  readCalendarFeed,
  revokeCalendarFeed,
} from '@meanwhile/shared/contract/calendar-feed'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { call, problemIn, type Wire } from '../api.ts'

const url = '/api/me/calendar-feed'

/** The address for this person's calendar. */
export class OwnCalendarFeed {
  /** Undefined until it is known. */
  feed = $state.raw<Wire<typeof CalendarFeed> | null | undefined>()
  /** The address itself is told once, when it was made. */
  address = $state.raw<string | null>(null)
  problem = $state.raw<Problem | null>(null)
  busy = $state(false)

  load = () =>
    this.#run(async () => {
      const { feed } = await call<typeof readCalendarFeed>('GET', url)
      this.feed = feed
    })

  /** Makes one; an earlier one ends. */
  make = () =>
    this.#run(async () => {
      const { url: address, ...feed } = await call<typeof createCalendarFeed>('POST', url)
      this.feed = feed
      this.address = address
    })

  revoke = () =>
    this.#run(async () => {
      await call<typeof revokeCalendarFeed>('DELETE', url)
      this.feed = null
      this.address = null
    })

  async #run(work: () => Promise<void>): Promise<void> {
    this.busy = true
    this.problem = null
    try {
      await work()
    } catch (error) {
      this.problem = problemIn(error)
    }
    this.busy = false
  }
}
