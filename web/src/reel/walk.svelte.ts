import type { recordView } from '@meanwhile/shared/contract/updates'
import type { readVideo, Video } from '@meanwhile/shared/contract/videos'
import type { Rate } from '@meanwhile/shared/media/rates'
import { ApiError, apiHeaders, call, urlFor, type Wire } from '../api.ts'
import { jumpOver } from '../player/aids/jump-over.ts'
import { skipsOf } from '../player/aids/skips.ts'
import { clockOf } from '../player/clock.ts'
import { restoreVolume } from '../player/keep-volume.ts'
import { Playback } from '../player/playback.ts'
import { skipCuts } from '../player/skip-cuts.ts'
import { reportViews, type ViewReport } from '../player/view-report.ts'
import { timeOrNetwork } from '../ui/time-or-network.ts'
import { shownTitle } from '../updates/shown-title.ts'
import { heardFrom, heardOf } from './heard-from.ts'
import { clearMediaKeys, showMediaKeys, tellPosition } from './media-keys.ts'
import type { ShownItem } from './sitting.svelte.ts'

type Needs = {
  items: readonly ShownItem[]
  title: string
  /** What its viewer has seen of them is left out. */
  onlyUnseen: boolean
  rate: () => Rate
  skips: () => boolean
  /** It was heard to its end. */
  heard: (item: ShownItem) => void
  /** The last one is over. */
  ended: () => void
}

const view = '/api/updates/:updateId/view'
const retryMs = 5000

/** Heard on a walk: one element plays the sound of one recording after the other, which goes on behind a locked screen. Texts are left out. */
export class Walk {
  readonly playback: Playback
  /** What is heard; texts are none of it. */
  readonly items: readonly ShownItem[]
  index = $state.raw(0)
  /** Nothing answers: it goes on when something does. */
  waits = $state.raw(false)

  readonly #needs: Needs
  readonly #stop = new AbortController()
  /** The sound of the next one is fetched ahead. */
  readonly #ahead = document.createElement('audio')
  readonly #jumps: ReturnType<typeof jumpOver>
  readonly #endCuts: () => void
  #video: Wire<typeof Video> | null = null
  #endReport = () => {}
  #turn = 0
  /** Whose sound is in the element. */
  #sounding: ShownItem | null = null
  /** Where the present one begins, in recorded time. */
  #fromMs = 0

  /** @param index where among all items it begins, at the recorded moment `fromMs` if that one can be heard */
  constructor(needs: Needs, index: number, fromMs: number) {
    this.#needs = needs
    this.items = heardOf(needs.items)
    const media = document.createElement('video')
    media.preload = 'auto'
    media.playsInline = true
    this.#ahead.preload = 'auto'
    this.playback = new Playback(media)
    restoreVolume(this.playback)
    this.#endCuts = skipCuts(this.playback)
    this.#jumps = jumpOver(
      this.playback,
      () => this.#silences,
      () => {},
    )
    const { signal } = this.#stop
    media.addEventListener('ended', () => this.#finish(), { signal })
    media.addEventListener('error', () => this.#sounding && this.step(1), { signal })
    media.addEventListener('loadedmetadata', () => this.#fromMs > 0 && this.playback.seekRecorded(this.#fromMs), { signal })
    for (const name of ['loadedmetadata', 'seeked', 'ratechange', 'play'])
      media.addEventListener(name, () => tellPosition(this.playback), { signal })
    this.index = heardFrom(needs.items, index)
    void this.#show(this.index, this.item === needs.items[index] ? fromMs : 0)
  }

  get item(): ShownItem | undefined {
    return this.items[this.index]
  }
  /** Where in its recording it is. */
  get recordedMs(): number {
    return this.#sounding ? this.playback.recordedMs : this.#fromMs
  }
  /** Until its sound is there, that of another one is none of it. */
  play(): void {
    if (this.#sounding) void this.playback.play()
  }
  setRate(rate: Rate): void {
    this.playback.setRate(rate)
  }
  step(by: 1 | -1): void {
    void this.#show(Math.max(0, this.index + by))
  }
  close(): void {
    this.#turn++
    this.#sounding = null
    this.#endReport()
    this.#stop.abort()
    this.#jumps.stop()
    this.#endCuts()
    this.playback.pause()
    for (const media of [this.playback.media, this.#ahead]) {
      media.removeAttribute('src')
      media.load()
    }
    clearMediaKeys()
  }

  get #silences() {
    const silences = this.#needs.skips() ? (this.#video?.playback.silences ?? []) : []
    const seen = this.#needs.onlyUnseen ? (this.#sounding?.seen ?? []) : []
    return skipsOf([...silences, ...seen], this.playback.clock, this.playback.durationMs)
  }

  async #show(index: number, fromMs = 0) {
    const turn = ++this.#turn
    this.#endReport()
    this.#endReport = () => {}
    this.#sounding = null
    this.playback.pause()
    this.#fromMs = fromMs
    this.index = Math.min(index, this.items.length)
    const { item } = this
    if (!item) {
      clearMediaKeys()
      this.#needs.ended()
      return
    }
    const video = await this.#found(item, turn)
    if (turn !== this.#turn) return
    const { audio, original } = video?.playback ?? {}
    // What is gone or not there yet stays unseen, and whoever walks need not take out the phone for it.
    if (!video || !(audio ?? original)) {
      this.step(1)
      return
    }
    this.#video = video
    const { media } = this.playback
    media.src = `${audio ?? original}`
    this.#sounding = item
    this.playback.clock = clockOf(video, Boolean(audio))
    this.playback.setRate(this.#needs.rate())
    void this.playback.play()
    this.#endReport = reportViews(this.playback, (report, last) => tell(item.id, report, last))
    this.#showKeys(item)
    void this.#lookAhead(turn)
  }

  /** Null where there is none; without an answer it is asked for until there is one. */
  async #found(item: ShownItem, turn: number): Promise<Wire<typeof Video> | null> {
    while (turn === this.#turn) {
      try {
        const video = await videoOf(item)
        this.waits = false
        return video
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'unreachable') break
        this.waits = true
        await timeOrNetwork(retryMs)
      }
    }
    this.waits = false
    return null
  }

  #showKeys(item: ShownItem) {
    const shown = {
      title: shownTitle(item.title),
      artist: item.author.name,
      album: this.#needs.title,
      artwork: item.poster && new URL(item.poster, location.href).href,
    }
    showMediaKeys(this.playback, shown, { next: () => this.step(1), previous: () => this.step(-1) })
  }

  async #lookAhead(turn: number) {
    const next = this.items[this.index + 1]
    if (!next) return
    const video = await videoOf(next).catch(() => null)
    const url = video?.playback.audio ?? video?.playback.original
    if (turn === this.#turn && url) this.#ahead.src = url
  }

  #finish() {
    if (!this.#sounding) return
    this.#needs.heard(this.#sounding)
    void this.#show(this.index + 1)
  }
}

const videoOf = ({ videoId }: ShownItem) =>
  call<typeof readVideo>('GET', '/api/videos/:videoId', { params: { videoId: `${videoId}` } })

/** The last report of a page outlives it. */
async function tell(updateId: string, body: ViewReport, last: boolean): Promise<void> {
  const params = { updateId }
  if (!last) await call<typeof recordView>('PUT', view, { params, body })
  else {
    const headers = { ...apiHeaders, 'content-type': 'application/json' }
    await fetch(urlFor(view, params), { method: 'PUT', keepalive: true, headers, body: JSON.stringify(body) })
  }
}
