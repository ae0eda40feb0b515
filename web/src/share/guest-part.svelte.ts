import type { Problem } from '@meanwhile/shared/contract/problem'
import type { nameGuest, SharedUpdate } from '@meanwhile/shared/contract/share-links'
import { call, problemIn, type Wire } from '../api.ts'
import { say } from './words.ts'

type Shared = Wire<typeof SharedUpdate>

/** What somebody who came by a share link may do, and what they are called. */
export class GuestPart {
  /** Empty until they said it. */
  name = $state('')
  /** What they are about to say. */
  draft = $state('')
  comments = $state<Shared['comments']>('off')
  readonly #token: string

  constructor(token: string, { guest, comments }: Pick<Shared, 'guest' | 'comments'>) {
    this.#token = token
    this.name = guest?.name ?? ''
    this.comments = comments
  }

  get writes(): boolean {
    return this.comments === 'guests'
  }

  /** Says the name, once. Answers null when it is known, else the problem to show. */
  async introduce(): Promise<Problem | null> {
    const name = this.draft.trim()
    if (this.name) return null
    if (!name) return { type: '/problems/name-needed', title: say('guest.nameFirst'), status: 403 }
    try {
      await call<typeof nameGuest>('PUT', '/api/share/:token/name', { params: { token: this.#token }, body: { name } })
      this.name = name
      return null
    } catch (error) {
      return problemIn(error)
    }
  }
}
