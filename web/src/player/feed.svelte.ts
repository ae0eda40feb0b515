import type { Video } from '@meanwhile/shared/contract/videos'
import type { Range } from '@meanwhile/shared/media/cuts'
import type { Wire } from '../api.ts'
import { timeOrNetwork } from '../ui/time-or-network.ts'
import { clockOf, mediaOfWatch, watchOfRecorded } from './clock.ts'
import type { Playback } from './playback.ts'
import { attach, chooseSource, isSlow, mayReplace, type Quality, type Source, segmentsOf } from './source.ts'

/** What has to be known of a video to play it. */
export type PlayableVideo = Pick<Wire<typeof Video>, 'playback' | 'cuts' | 'recordedMs' | 'finishedAt'>
type Needs = {
  /** Where playback begins, in ms of recorded time, as all moments here. */
  startMs: number
  quality: Quality
  /** Asks the API for the video again. Throws while it cannot be reached; null when there is no video any more. */
  renew: () => Promise<PlayableVideo | null>
}

const patience = 4
const longestWaitMs = 5000
const healedMs = 3000

/**
 * Keeps an element supplied: chooses what it plays, renews URLs that have expired, and starts again where it was after
 * the network was gone. Only `close` ends it.
 */
export class Feed {
  /** `reconnecting`: it broke and is being repaired; `failed`: it cannot be, until `retry`. */
  status = $state.raw<'fine' | 'reconnecting' | 'failed'>('fine')
  quality = $state.raw<Quality>('auto')
  /** Cuts and camera are part of what plays. */
  edited = $state.raw(false)

  readonly #playback: Playback
  readonly #needs: Needs
  readonly #closed = new AbortController()
  #video: PlayableVideo
  #source: Source | null = null
  #detach = () => {}
  #turn = 0
  #failures = 0
  #failedMs = 0
  #draft: readonly Range[] | null = null
  #slow = false

  constructor(playback: Playback, video: PlayableVideo, needs: Needs) {
    this.#playback = playback
    this.#video = video
    this.#needs = needs
    this.quality = needs.quality
    const { media } = playback
    const { signal } = this.#closed
    media.addEventListener('play', () => this.#freshen(), { signal })
    media.addEventListener('timeupdate', () => this.#progress(), { signal })
    media.addEventListener('loadeddata', () => this.#calm(), { signal })
    this.#load(needs.startMs, false)
  }

  /** Takes a newer answer of the API into account, without interrupting anybody who watches what is still there. */
  offer(video: PlayableVideo) {
    this.#video = video
    const better = this.#choice()
    if (!better || this.status !== 'fine') return
    const { media } = this.#playback
    const atMs = this.#ms
    const now = { paused: media.paused, ms: atMs, startMs: this.#needs.startMs }
    const isOutdated = this.#source?.edited === true && !this.#isOffered(this.#source)
    if (isOutdated) this.#load(atMs, !media.paused)
    else if (!this.#source || (better.name !== this.#source.name && mayReplace(now))) this.#load(atMs || now.startMs, false)
    else this.#tell()
  }

  /** Plays as if these were the cuts, until it is told null: then as the video says. */
  tryCuts(cuts: readonly Range[] | null) {
    const atMs = this.#ms
    this.#draft = cuts
    if (this.#choice()?.name === this.#source?.name) this.#tell()
    else this.#load(atMs, !this.#playback.media.paused)
  }

  /** Plays on in another quality, at the same moment. */
  choose(quality: Quality) {
    this.quality = quality
    this.#failures = 0
    this.#reconsider()
  }

  /** The connection has proved too slow for what plays: where that was not chosen, something smaller plays on. */
  slowDown() {
    this.#slow = true
    if (this.status === 'fine') this.#reconsider()
  }

  retry() {
    this.#failures = 0
    void this.#repair(true)
  }

  close() {
    this.#closed.abort()
    this.#turn++
    this.#detach()
    this.#playback.media.removeAttribute('src')
    this.#playback.media.load()
  }

  get #ms() {
    return this.#playback.recordedMs
  }

  #isOffered({ name }: Source) {
    return this.#video.playback.renditions.some((rendition) => rendition.name === name && rendition.edited)
  }

  /** Lets the player know what the source does with the cuts. */
  #tell() {
    const edited = this.#source?.edited ?? false
    this.edited = edited
    this.#playback.clock = clockOf({ ...this.#video, cuts: this.#draft ?? this.#video.cuts }, edited)
  }

  #reconsider() {
    if (this.#choice()?.name !== this.#source?.name) this.#load(this.#ms, !this.#playback.media.paused)
  }

  /** After two failures of a file the segments get their chance. */
  #choice(): Source | null {
    const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } }
    const segments = segmentsOf(this.#video)
    if (this.#failures >= 2 && segments) return segments
    return chooseSource(this.#video, this.quality, { slow: this.#slow || isSlow(connection), asRecorded: this.#draft !== null })
  }

  async #load(recordedMs: number, play: boolean) {
    const turn = ++this.#turn
    this.#detach()
    this.#source = this.#choice()
    if (!this.#source) return
    this.#tell()
    const { clock } = this.#playback
    const atMs = mediaOfWatch(clock, watchOfRecorded(clock, recordedMs))
    const scripted = this.#failures > 0
    const onFailure = () => turn === this.#turn && this.#repair(!this.#playback.media.paused)
    const detach = await attach(this.#playback.media, this.#source, { atMs, scripted, onFailure }).catch(() => null)
    if (turn !== this.#turn) return detach?.()
    if (!detach) return void onFailure()
    this.#detach = detach
    if (play) void this.#playback.play()
  }

  #calm() {
    this.status = 'fine'
  }

  /** What broke is forgotten once it has played well past that place. */
  #progress() {
    if (this.#failures > 0 && Math.abs(this.#ms - this.#failedMs) > healedMs && !this.#playback.media.paused) this.#failures = 0
  }

  /** URLs that have expired are renewed before more is asked of them than the browser already has. */
  async #freshen() {
    const { media } = this.#playback
    if (Date.now() < Date.parse(this.#video.playback.expiresAt)) return
    if (media.buffered.length > 0 && media.buffered.end(media.buffered.length - 1) >= media.duration - 0.5) return
    const video = await this.#needs.renew().catch(() => null)
    if (!video || this.#closed.signal.aborted) return
    this.#video = video
    if (this.#choice()?.url !== this.#source?.url) this.#load(this.#ms, !media.paused)
  }

  async #repair(play: boolean) {
    const atMs = this.#ms || this.#needs.startMs
    this.#failedMs = atMs
    const turn = ++this.#turn
    this.#detach()
    if (++this.#failures > patience) {
      this.status = 'failed'
      return
    }
    this.status = 'reconnecting'
    for (let waitMs = 500; turn === this.#turn; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      const video = await this.#needs.renew().catch(() => undefined)
      if (turn !== this.#turn) return
      if (video === null) this.status = 'failed'
      if (video === null) return
      if (video) {
        this.#video = video
        await timeOrNetwork(this.#failures > 1 ? waitMs : 0)
        if (turn === this.#turn) await this.#load(atMs, play)
        return
      }
      await timeOrNetwork(waitMs)
    }
  }
}
