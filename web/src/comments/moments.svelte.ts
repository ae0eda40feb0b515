import type { addReaction, listReactions, ReactionMark, removeReaction } from '@meanwhile/shared/contract/reactions'
import type { Emoji } from '@meanwhile/shared/media/emojis'
import { call } from '../api.ts'

const list = '/api/updates/:updateId/reactions'
const one = '/api/updates/:updateId/reactions/:emoji'

/** What people felt at the moments of an update. */
export class Moments {
  marks = $state.raw<ReactionMark[]>([])

  readonly #updateId: string
  #asked = 0

  constructor(updateId: string) {
    this.#updateId = updateId
  }

  /** Reads them again. @throws {ApiError} */
  async load(): Promise<void> {
    const turn = ++this.#asked
    const marks = await call<typeof listReactions>('GET', list, { params: { updateId: this.#updateId } })
    if (turn === this.#asked) this.marks = marks
  }

  /** Adds what this viewer feels at a recorded moment, or takes it back. @returns whether it is there now @throws {ApiError} */
  async toggle(emoji: Emoji, atMs: number): Promise<boolean> {
    const params = { updateId: this.#updateId, emoji }
    const second = Math.floor(atMs / 1000) * 1000
    const isThere = this.marks.some((mark) => mark.mine && mark.emoji === emoji && mark.atMs === second)
    const marks = isThere
      ? await call<typeof removeReaction>('DELETE', one, { params, querystring: { atMs: second } })
      : await call<typeof addReaction>('PUT', one, { params, body: { atMs: second } })
    this.#asked++
    this.marks = marks
    return !isThere
  }
}
