import type { Me } from '@meanwhile/shared/contract/auth'
import type { Video } from '@meanwhile/shared/contract/videos'
import type { Range } from '@meanwhile/shared/media/cuts'
import type { Wire } from '../api.ts'
import { takeVideo } from '../brought.ts'
import type { CommentThread } from '../comments/thread.svelte.ts'
import type { Aids } from '../player/aids/aids.svelte.ts'
import type { CameraView } from '../player/camera/camera-view.svelte.ts'
import { Choices } from '../player/choices.svelte.ts'
import { clockOf, recordedOfWatch, watchOfRecorded } from '../player/clock.ts'
import { Feed } from '../player/feed.svelte.ts'
import { restoreVolume } from '../player/keep-volume.ts'
import { Playback } from '../player/playback.ts'
import { remembered } from '../player/preferences.ts'
import { momentInLink, startPosition } from '../player/start-position.ts'
import type { Session } from '../session.svelte.ts'
import { untilLoaded } from '../ui/until-loaded.ts'
import { Watched } from './watched.svelte.ts'

/** What of a video's details was asked for. */
export type Shown = 'trim' | 'layout' | 'captions' | 'receipt' | null

const patienceMs = 2000
const lookMs = 2000

/** One sitting: from opening the page to leaving it. Brings the update, its comments and the player together. */
export class Watching {
  /** There as soon as there is something to play. */
  feed = $state.raw<Feed | null>(null)
  readonly playback: Playback
  readonly watched: Watched
  readonly choices: Choices
  /** Its comments are read when the first frame is there. */
  thread = $state.raw<CommentThread | null>(null)
  /** How the camera is seen, where there is one. */
  camera = $state.raw<CameraView | null>(null)
  /** The player has the whole width of the page. */
  theatre = $state(remembered('theatre') === 'on')
  /** What helps to watch it. */
  aids = $state.raw<Aids | null>(null)
  /** The first frame is there, or none is to be waited for: what is not needed for it may be loaded now. */
  readonly settled: Promise<void>

  #settle = () => {}
  #opened: URL | null = null
  #isPage = true
  #landedAt: string | null = null
  #stops: (() => void)[] = []
  #closed = false
  #loading: Promise<void> | undefined
  #skipping: Promise<void> | undefined
  #looking: Promise<void> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #updateId: string
  readonly #viewer: Me

  /** @param media what plays it, where somebody plays several one after the other */
  constructor(updateId: string, session: Session, media = takeVideo(updateId)) {
    this.playback = new Playback(media)
    this.watched = new Watched(updateId, (video) => this.#follow(video))
    this.#updateId = updateId
    this.#viewer = session.viewer
    this.choices = new Choices(session)
    this.settled = new Promise((resolve) => {
      this.#settle = resolve
    })
    if (media.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) this.#settle()
    for (const event of ['loadeddata', 'error']) media.addEventListener(event, () => this.#settle(), { once: true })
    media.playsInline = true
    media.preload = 'auto'
    restoreVolume(this.playback)
  }

  /**
   * A link to a comment needs the comments to know where to begin; every other one begins without them. Where nothing is
   * `discussed`, inside of another page, it counts as opened when it is played.
   */
  async open(url: URL, { discussed = true } = {}): Promise<void> {
    if (url.searchParams.has('c')) await this.discuss()
    else if (discussed) void this.settled.then(() => this.discuss())
    this.#opened = url
    this.#isPage = discussed
    this.#landedAt = url.search + url.hash
    await this.watched.load()
    const { update } = this.watched
    if (discussed && update && !update.view) void this.watched.report({ ranges: [], positionMs: 0 }, false).catch(() => {})
    if (this.feed) setTimeout(() => this.#settle(), patienceMs)
    else this.#settle()
  }

  /** Goes to the moment that a link on the page itself names. */
  land(url: URL): void {
    const target = url.search + url.hash
    if (this.#landedAt === null || target === this.#landedAt) return
    this.#landedAt = target
    const ms = this.#momentOf(url)
    if (ms !== null && this.feed) this.playback.seekRecorded(ms)
  }

  /** Reads the comments, for the first time or again. */
  async discuss(): Promise<void> {
    this.#loading ??= untilLoaded(() => import('../comments/thread.svelte.ts')).then(({ CommentThread }) => {
      this.thread = new CommentThread(this.#updateId, this.#viewer, this.playback, this.settled)
    })
    await this.#loading
    await this.thread?.load()
  }

  /** Plays as if these were the cuts; null: as the video says. */
  tryCuts(cuts: readonly Range[] | null): void {
    this.#skipCuts()
    this.feed?.tryCuts(cuts)
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    for (const stop of this.#stops) stop()
    // An element that was told to play before it had a source would play whatever it is given next.
    this.playback.pause()
    this.feed?.close()
    this.thread?.close()
  }

  /** A newer answer about the video: starts the player when it can, else lets it know. */
  #follow(video: Wire<typeof Video>) {
    this.choices.atFirst ??= this.watched.update?.playback ?? null
    this.feed?.offer(video)
    this.camera?.offer(video.layout)
    if (video.cuts.length > 0) this.#skipCuts()
    if (video.playback.camera) this.#looking ??= this.settled.then(() => this.#lookAtCamera(video))
    const { hls, original, poster } = video.playback
    if (this.#isLive(video) && (!hls || (video.tracks.includes('camera') && !video.playback.camera))) this.#lookAgain()
    if (this.feed || this.#closed || !this.#opened || !(video.finishedAt || this.#isLive(video)) || !(hls || original)) return
    if (poster) this.playback.media.poster = poster
    const startMs = this.#startMs(video, this.#opened)
    const renew = () => this.watched.renewVideo()
    const feed = new Feed(this.playback, video, { startMs, quality: remembered('quality') ?? 'auto', renew })
    this.feed = feed
    void this.settled.then(() => Promise.all([this.#report(), this.#help(feed)]))
  }

  /** It is being recorded, and its author lets others watch. */
  #isLive(video: Wire<typeof Video>): boolean {
    return video.state === 'recording' && this.watched.update?.publishedAt !== null
  }

  /** Nobody is told of each segment that arrives. */
  #lookAgain() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#closed || this.watched.renewVideo().catch(() => this.#lookAgain()), lookMs)
  }

  /** In recorded time, as links and what is remembered of the viewer. */
  #startMs(video: Wire<typeof Video>, url: URL): number {
    const clock = clockOf(video, false)
    const watched = (ms: number | null) => (ms === null ? null : watchOfRecorded(clock, ms))
    const linkMs = watched(this.#momentOf(url))
    const leftMs = watched(this.watched.update?.view?.positionMs ?? null)
    // Of what grows, nobody has seen the end.
    const durationMs = video.finishedAt ? video.durationMs : 0
    return recordedOfWatch(clock, startPosition({ linkMs, leftMs, durationMs }))
  }

  async #lookAtCamera({ id, layout }: Wire<typeof Video>) {
    const { CameraView } = await untilLoaded(() => import('../player/camera/camera-view.svelte.ts'))
    this.camera = new CameraView(id, layout)
  }

  #skipCuts() {
    this.#skipping ??= untilLoaded(() => import('../player/skip-cuts.ts')).then(({ skipCuts }) => {
      if (!this.#closed) this.#stops.push(skipCuts(this.playback))
    })
  }

  async #report() {
    const { reportViews } = await untilLoaded(() => import('../player/view-report.ts'))
    if (this.#closed) return
    this.#stops.push(reportViews(this.playback, (report, last) => this.watched.report(report, last)))
  }

  async #help(feed: Feed) {
    const { Aids } = await untilLoaded(() => import('../player/aids/aids.svelte.ts'))
    if (this.#closed) return
    const { watched: known, choices } = this
    const aids = new Aids(this.playback, { known, page: this.#isPage ? this : null, choices, feed })
    this.#stops.push(() => aids.close())
    this.aids = aids
  }

  #momentOf(url: URL): number | null {
    const commentId = url.searchParams.get('c')
    const moment = momentInLink(url.searchParams, url.hash)
    return moment ?? (commentId === null ? null : (this.thread?.find(commentId)?.atMs ?? null))
  }
}
