import type { Problem } from '@meanwhile/shared/contract/problem'
import type {
  addToReel,
  changeReel,
  createReel,
  deleteReel,
  listReels,
  ReelList,
  removeFromReel,
} from '@meanwhile/shared/contract/reels'
import { type Answer, call, problemIn, type Wire } from '../api.ts'

export type ShownReel = Wire<typeof ReelList>

const one = '/api/reels/:reelId'
const itemOf = '/api/reels/:reelId/items/:updateId'

/** The reels that people made. Methods answer null when it worked, else the problem to show. */
export class ReelLists {
  /** Newest first; undefined until the first answer. */
  all = $state.raw<ShownReel[] | undefined>()
  problem = $state.raw<Problem | null>(null)
  #cursor = $state.raw<string | null>(null)

  get hasMore(): boolean {
    return this.#cursor !== null
  }

  async load(more = false): Promise<void> {
    try {
      const querystring = more && this.#cursor ? { cursor: this.#cursor } : {}
      const page: Answer<typeof listReels> = await call<typeof listReels>('GET', '/api/reels', { querystring })
      this.all = more ? [...(this.all ?? []), ...page.items] : page.items
      this.#cursor = page.nextCursor
      this.problem = null
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  create(title: string, channelId: string | null, updateIds: string[]): Promise<Problem | null> {
    return this.#try(async () => {
      const made = await call<typeof createReel>('POST', '/api/reels', { body: { title, channelId, updateIds } })
      this.all = [made, ...(this.all ?? [])]
    })
  }
  rename(reelId: string, title: string): Promise<Problem | null> {
    return this.#try(async () => this.#put(await call<typeof changeReel>('PATCH', one, { params: { reelId }, body: { title } })))
  }
  order(reelId: string, updateIds: string[]): Promise<Problem | null> {
    return this.#try(async () =>
      this.#put(await call<typeof changeReel>('PATCH', one, { params: { reelId }, body: { updateIds } })),
    )
  }
  remove(reelId: string): Promise<Problem | null> {
    return this.#try(async () => {
      await call<typeof deleteReel>('DELETE', one, { params: { reelId } })
      this.all = this.all?.filter(({ id }) => id !== reelId)
    })
  }
  addItem(reelId: string, updateId: string): Promise<Problem | null> {
    return this.#try(async () => this.#put(await call<typeof addToReel>('PUT', itemOf, { params: { reelId, updateId } })))
  }
  removeItem(reelId: string, updateId: string): Promise<Problem | null> {
    return this.#try(async () => this.#put(await call<typeof removeFromReel>('DELETE', itemOf, { params: { reelId, updateId } })))
  }

  #put(reel: ShownReel) {
    this.all = this.all?.map((each) => (each.id === reel.id ? reel : each))
  }
  async #try(work: () => Promise<void>): Promise<Problem | null> {
    try {
      await work()
      return null
    } catch (error) {
      return problemIn(error)
    }
  }
}
