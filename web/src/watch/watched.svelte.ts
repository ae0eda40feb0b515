import type { Problem } from '@meanwhile/shared/contract/problem'
import type { readUpdate, recordView, Update } from '@meanwhile/shared/contract/updates'
import type { readVideo, Video } from '@meanwhile/shared/contract/videos'
import { ApiError, apiHeaders, call, problemIn, urlFor, type Wire } from '../api.ts'
import type { LiveMessage } from '../live.svelte.ts'
import type { ViewReport } from '../player/view-report.ts'

const one = '/api/updates/:updateId'
const view = '/api/updates/:updateId/view'

/** An update and its video, as this page knows them. */
export class Watched {
  update = $state.raw<Wire<typeof Update> | null>(null)
  video = $state.raw<Wire<typeof Video> | null>(null)
  /** Why nothing can be shown. */
  problem = $state.raw<Problem | null>(null)
  /** True when there is nothing at this address that this person can see; which of the two, nobody learns. */
  isMissing = $derived(/\/(not-found|invalid-request)$/.test(this.problem?.type ?? ''))

  readonly params: { updateId: string }
  readonly #heed: (video: Wire<typeof Video>) => void
  readonly #again = new Map<string, () => void>()

  /** `heed` is told of every answer about the video. */
  constructor(updateId: string, heed: (video: Wire<typeof Video>) => void) {
    this.params = { updateId }
    this.#heed = heed
  }

  async load(): Promise<void> {
    try {
      this.update = await call<typeof readUpdate>('GET', one, { params: this.params })
      await this.renewVideo()
      this.problem = null
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  /** Reads the video again, for new URLs too. Null when there is none (any more). Throws while the API is out of reach. */
  async renewVideo(): Promise<Wire<typeof Video> | null> {
    const videoId = this.update?.videoId
    if (!videoId) return null
    try {
      return this.show(await call<typeof readVideo>('GET', '/api/videos/:videoId', { params: { videoId } }))
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'not-found') throw error
      this.problem = error.problem
      return null
    }
  }

  /** Follows what happens on the server; many messages at once cause one reading. */
  hear(message: LiveMessage) {
    if ('updateId' in message && message.updateId !== this.params.updateId) return
    if (message.type === 'video' && message.videoId === this.update?.videoId) this.#soon('video', () => this.renewVideo())
    if (message.type === 'update' || message.type === 'channel' || message.type === 'reconnected')
      this.#soon('update', () => this.#refresh())
  }

  /** Remembers what was seen. The last report of a page outlives it. */
  async report(body: ViewReport, last: boolean): Promise<void> {
    if (!last) await call<typeof recordView>('PUT', view, { params: this.params, body })
    else {
      const headers = { ...apiHeaders, 'content-type': 'application/json' }
      await fetch(urlFor(view, this.params), { method: 'PUT', keepalive: true, headers, body: JSON.stringify(body) })
    }
  }

  /** What the API answered about the video counts here. */
  show(video: Wire<typeof Video>) {
    this.video = video
    this.#heed(video)
    return video
  }

  async #refresh() {
    this.update = await call<typeof readUpdate>('GET', one, { params: this.params })
    await this.renewVideo()
  }

  /** Runs the work now, or once more after the run that is under way. */
  #soon(name: string, work: () => Promise<unknown>) {
    if (this.#again.has(name)) return void this.#again.set(name, () => this.#soon(name, work))
    this.#again.set(name, () => {})
    void work()
      .catch((error) => {
        if (error instanceof ApiError && error.code === 'not-found') this.problem = error.problem
      })
      .finally(() => {
        const next = this.#again.get(name)
        this.#again.delete(name)
        next?.()
      })
  }
}
