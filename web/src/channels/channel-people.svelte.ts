import type { listMembers, Person } from '@meanwhile/shared/contract/auth'
import type { ChannelMember, listChannelMembers } from '@meanwhile/shared/contract/channels'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { type Answer, call, problemIn, type Wire } from '../api.ts'
import { onLive } from '../live.svelte.ts'

/** Who is in a private channel, and who could be added to it. */
export class ChannelPeople {
  inside = $state.raw<Wire<typeof ChannelMember>[] | undefined>()
  everybody = $state.raw<Person[]>([])
  problem = $state.raw<Problem | null>(null)
  readonly #channelId: string

  constructor(channelId: string) {
    this.#channelId = channelId
  }

  get others(): Person[] {
    const inside = new Set(this.inside?.map(({ id }) => id))
    return this.everybody.filter(({ id }) => !inside.has(id)).sort((a, b) => a.name.localeCompare(b.name))
  }

  async load(): Promise<void> {
    try {
      const params = { channelId: this.#channelId }
      const inside: Wire<typeof ChannelMember>[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const querystring = { limit: 200, ...(cursor ? { cursor } : {}) }
        const page: Answer<typeof listChannelMembers> = await call<typeof listChannelMembers>(
          'GET',
          '/api/channels/:channelId/members',
          { params, querystring },
        )
        inside.push(...page.items)
        cursor = page.nextCursor
      }
      this.everybody = await call<typeof listMembers>('GET', '/api/members')
      this.inside = inside
      this.problem = null
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  /** Reads them, and again whenever the channel changes, until the returned function is called. */
  follow(): () => void {
    void this.load()
    return onLive((message) => {
      if (message.type === 'reconnected' || (message.type === 'channel' && message.channelId === this.#channelId))
        void this.load()
    })
  }
}
