import type {
  CheckIn,
  CheckInChange,
  CheckInDraft,
  changeCheckIn,
  createCheckIn,
  listCheckIns,
} from '@meanwhile/shared/contract/check-ins'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type * as z from 'zod'
import { type Answer, call, problemIn, type Wire } from '../api.ts'
import { followChanges } from '../follow-changes.ts'

export type ShownCheckIn = Wire<typeof CheckIn>
export type Draft = z.input<typeof CheckInDraft>

/** The check-ins that this person sees, newest first. */
export class CheckIns {
  /** Undefined until the first answer. */
  all = $state.raw<ShownCheckIn[] | undefined>()
  /** Those that are over. */
  archived = $state.raw<ShownCheckIn[]>([])
  problem = $state.raw<Problem | null>(null)
  #asked = 0

  async load(): Promise<void> {
    const turn = ++this.#asked
    try {
      const [all, archived] = await Promise.all([this.#read('false'), this.#read('true')])
      if (turn !== this.#asked) return
      this.all = all
      this.archived = archived
      this.problem = null
    } catch (error) {
      if (turn === this.#asked) this.problem = problemIn(error)
    }
  }

  async #read(archived: 'true' | 'false'): Promise<ShownCheckIn[]> {
    const items: ShownCheckIn[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const querystring = { limit: 100, archived, ...(cursor ? { cursor } : {}) }
      const page: Answer<typeof listCheckIns> = await call<typeof listCheckIns>('GET', '/api/check-ins', { querystring })
      items.push(...page.items)
      cursor = page.nextCursor
    }
    return items
  }

  /** Reads them, and again whenever something changes where they are, until the returned function is called. */
  follow(): () => void {
    void this.load()
    return followChanges(
      (type) => type === 'channel' || type === 'reconnected',
      () => void this.load(),
    )
  }
}

/** Throws ApiError. */
export const create = (body: Draft): Promise<ShownCheckIn> => call<typeof createCheckIn>('POST', '/api/check-ins', { body })

/** Throws ApiError. */
export const change = (checkInId: string, body: z.input<typeof CheckInChange>): Promise<ShownCheckIn> =>
  call<typeof changeCheckIn>('PATCH', '/api/check-ins/:checkInId', { params: { checkInId }, body })
