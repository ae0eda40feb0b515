import type {
  addChannelMember,
  Channel,
  ChannelChange,
  ChannelDraft,
  changeChannel,
  createChannel,
  listChannels,
  removeChannelMember,
} from '@meanwhile/shared/contract/channels'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { type Answer, call, problemIn, type Wire } from '../api.ts'
import { onLive } from '../live.svelte.ts'

export type ShownChannel = Wire<typeof Channel>

const byName = (a: ShownChannel, b: ShownChannel) => a.name.localeCompare(b.name, undefined, { sensitivity: 'base' })

/** The channels that this person sees. */
export class Channels {
  /** By name; undefined until the first answer. */
  all = $state.raw<ShownChannel[] | undefined>()
  problem = $state.raw<Problem | null>(null)
  #asked = 0
  #reading: Promise<void> = Promise.resolve()

  /** Those that take something new. */
  get open(): ShownChannel[] {
    return this.all?.filter(({ archivedAt }) => archivedAt === null) ?? []
  }
  get archived(): ShownChannel[] {
    return this.all?.filter(({ archivedAt }) => archivedAt !== null) ?? []
  }
  find(channelId: string): ShownChannel | undefined {
    return this.all?.find(({ id }) => id === channelId)
  }

  /** Reads them; of several readings the last counts, and the others end with it. */
  load(): Promise<void> {
    this.#reading = this.#read(++this.#asked)
    return this.#reading
  }

  async #read(turn: number): Promise<void> {
    try {
      const items: ShownChannel[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const querystring = { limit: 200, ...(cursor ? { cursor } : {}) }
        const page: Answer<typeof listChannels> = await call<typeof listChannels>('GET', '/api/channels', { querystring })
        items.push(...page.items)
        cursor = page.nextCursor
      }
      if (turn !== this.#asked) return this.#reading
      this.all = items.sort(byName)
      this.problem = null
    } catch (error) {
      if (turn !== this.#asked) return this.#reading
      this.problem = problemIn(error)
    }
  }

  /** Reads them, and again whenever they change, until the returned function is called. */
  follow(): () => void {
    void this.load()
    return onLive(({ type }) => {
      if (type === 'channel' || type === 'reconnected') void this.load()
    })
  }

  /** Throws ApiError. */
  async create(body: ChannelDraft): Promise<ShownChannel> {
    const channel = await call<typeof createChannel>('POST', '/api/channels', { body })
    await this.load()
    return channel
  }

  /** Throws ApiError. */
  async change(channelId: string, body: ChannelChange): Promise<void> {
    const changed = await call<typeof changeChannel>('PATCH', '/api/channels/:channelId', { params: { channelId }, body })
    this.all = this.all?.map((channel) => (channel.id === channelId ? changed : channel)).sort(byName)
  }

  /** Throws ApiError. */
  async add(channelId: string, userId: string): Promise<void> {
    await call<typeof addChannelMember>('PUT', '/api/channels/:channelId/members/:userId', { params: { channelId, userId } })
  }

  /** Throws ApiError. */
  async remove(channelId: string, userId: string): Promise<void> {
    await call<typeof removeChannelMember>('DELETE', '/api/channels/:channelId/members/:userId', {
      params: { channelId, userId },
    })
  }
}

let kept: { personId: string; channels: Channels } | undefined

/** The channels of a person, known once for all pages. */
export function channelsOf(personId: string): Channels {
  if (kept?.personId !== personId) kept = { personId, channels: new Channels() }
  return kept.channels
}
