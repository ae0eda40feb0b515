import type { createPodcastFeed, listPodcastFeeds, PodcastFeed, revokePodcastFeed } from '@meanwhile/shared/contract/podcasts'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { call, problemIn, type Wire } from '../api.ts'

export type ShownFeed = Wire<typeof PodcastFeed>

/** The podcast feeds of this person. */
export class Podcasts {
  all = $state.raw<ShownFeed[] | undefined>()
  problem = $state.raw<Problem | null>(null)
  /** What was made a moment ago: its address is shown this once. */
  made = $state.raw<{ id: string; url: string } | null>(null)
  isMaking = $state.raw(false)

  async load(): Promise<void> {
    try {
      this.all = await call<typeof listPodcastFeeds>('GET', '/api/me/podcasts')
      this.problem = null
    } catch (error) {
      this.problem = problemIn(error)
    }
  }
  async create(series: { channelId?: string; checkInId?: string }): Promise<void> {
    if (this.isMaking) return
    this.isMaking = true
    try {
      this.made = await call<typeof createPodcastFeed>('POST', '/api/me/podcasts', { body: series })
      await this.load()
    } catch (error) {
      this.problem = problemIn(error)
    }
    this.isMaking = false
  }
  async revoke(feedId: string): Promise<void> {
    try {
      await call<typeof revokePodcastFeed>('DELETE', '/api/me/podcasts/:feedId', { params: { feedId } })
      if (this.made?.id === feedId) this.made = null
      await this.load()
    } catch (error) {
      this.problem = problemIn(error)
    }
  }
}
