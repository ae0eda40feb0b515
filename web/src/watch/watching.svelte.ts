import type { Person } from '@meanwhile/shared/contract/auth'
import type { Video } from '@meanwhile/shared/contract/videos'
import type { Wire } from '../api.ts'
import { CommentThread } from '../comments/thread.svelte.ts'
import { Feed } from '../player/feed.svelte.ts'
import { Playback } from '../player/playback.ts'
import { remembered } from '../player/preferences.ts'
import { momentInLink, startPosition } from '../player/start-position.ts'
import { Watched } from './watched.svelte.ts'

const patienceMs = 2000

/** One sitting: from opening the page to leaving it. Brings the update, its comments and the player together. */
export class Watching {
  /** There as soon as there is something to play. */
  feed = $state.raw<Feed | null>(null)
  readonly playback = new Playback(document.createElement('video'))
  readonly watched: Watched
  readonly thread: CommentThread
  /** The first frame is there, or none is to be waited for: what is not needed for it may be loaded now. */
  readonly settled: Promise<void>

  #settle = () => {}
  #opened: URL | null = null
  #landedAt: string | null = null
  #stopReports = () => {}
  #closed = false

  constructor(updateId: string, viewer: Person) {
    this.watched = new Watched(updateId, (video) => this.#follow(video))
    this.thread = new CommentThread(updateId, viewer)
    this.settled = new Promise((resolve) => {
      this.#settle = resolve
    })
    const { media } = this.playback
    for (const event of ['loadeddata', 'error']) media.addEventListener(event, () => this.#settle(), { once: true })
    media.playsInline = true
    media.preload = 'auto'
    const volume = remembered('volume')
    if (volume !== null) this.playback.setVolume(Number(volume) / 100)
  }

  /** A link to a comment needs the comments to know where to begin; every other one begins without them. */
  async open(url: URL): Promise<void> {
    const comments = this.thread.load()
    if (url.searchParams.has('c')) await comments
    this.#opened = url
    this.#landedAt = url.search + url.hash
    await this.watched.load()
    const { update } = this.watched
    if (update && !update.view) void this.watched.report({ ranges: [], positionMs: 0 }, false).catch(() => {})
    if (this.feed) setTimeout(() => this.#settle(), patienceMs)
    else this.#settle()
  }

  /** Goes to the moment that a link on the page itself names. */
  land(url: URL): void {
    const target = url.search + url.hash
    if (this.#landedAt === null || target === this.#landedAt) return
    this.#landedAt = target
    const ms = this.#momentOf(url)
    if (ms !== null && this.feed) this.playback.seek(ms)
  }

  close(): void {
    this.#closed = true
    this.#stopReports()
    this.feed?.close()
  }

  /** A newer answer about the video: starts the player when it can, else lets it know. */
  #follow(video: Wire<typeof Video>) {
    this.feed?.offer(video)
    const { hls, original, poster } = video.playback
    if (this.feed || this.#closed || !this.#opened || video.state === 'recording' || !(hls || original)) return
    if (poster) this.playback.media.poster = poster
    const linkMs = this.#momentOf(this.#opened)
    const leftMs = this.watched.update?.view?.positionMs ?? null
    const startMs = startPosition({ linkMs, leftMs, durationMs: video.durationMs })
    const renew = () => this.watched.renewVideo()
    this.feed = new Feed(this.playback, video, { startMs, quality: remembered('quality') ?? 'auto', renew })
    void this.settled.then(() => this.#report())
  }

  async #report() {
    const { reportViews } = await import('../player/view-report.ts')
    if (this.#closed) return
    this.#stopReports = reportViews(this.playback.media, (report, last) => this.watched.report(report, last))
  }

  #momentOf(url: URL): number | null {
    const commentId = url.searchParams.get('c')
    const moment = momentInLink(url.searchParams, url.hash)
    return moment ?? (commentId === null ? null : (this.thread.find(commentId)?.atMs ?? null))
  }
}
