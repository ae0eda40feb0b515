import { createSubscriber } from 'svelte/reactivity'
import { type Clock, mediaOfWatch, openEnd, plainClock, recordedOfMedia, watchOfMedia, watchOfRecorded } from './clock.ts'

const changes = [
  ...['play', 'pause', 'ended', 'waiting', 'playing', 'canplay', 'timeupdate', 'seeking', 'seeked', 'progress', 'emptied'],
  ...['loadedmetadata', 'loadeddata', 'durationchange', 'resize', 'ratechange', 'volumechange', 'error'],
  ...['enterpictureinpicture', 'leavepictureinpicture', 'clockchange'],
]

/** So close to the cut at its end, a video that has stopped has ended. */
const endMs = 40

/**
 * The state of a media element, which alone owns it. Reading a getter inside a component or an effect subscribes to the
 * element's events; commands change the element only. Times are whole milliseconds as they are watched, without what is
 * cut, unless their name says that they are recorded time.
 */
export class Playback {
  readonly media: HTMLVideoElement
  readonly #subscribe: () => void
  #started = false
  #clock = plainClock

  constructor(media: HTMLVideoElement) {
    this.media = media
    media.addEventListener('playing', () => (this.#started = true), { once: true })
    this.#subscribe = createSubscriber((update) => {
      const stop = new AbortController()
      for (const name of changes) media.addEventListener(name, update, { signal: stop.signal })
      return () => stop.abort()
    })
  }

  #live(): HTMLVideoElement {
    this.#subscribe()
    return this.media
  }

  get paused(): boolean {
    return this.#live().paused
  }
  get ended(): boolean {
    return this.#live().ended || this.#isAtCut()
  }
  /** It should play and cannot yet: the next frames are still on their way. */
  get waiting(): boolean {
    const { paused, readyState, ended, seeking } = this.#live()
    return (!paused && !ended && readyState < HTMLMediaElement.HAVE_FUTURE_DATA) || (seeking && readyState < 2)
  }
  /** It has played before, from whatever source. */
  get started(): boolean {
    this.#subscribe()
    return this.#started
  }
  get ms(): number {
    const { currentTime } = this.#live()
    return this.#isAtCut() ? this.durationMs : Math.round(watchOfMedia(this.#clock, currentTime * 1000))
  }
  get recordedMs(): number {
    return Math.round(recordedOfMedia(this.#clock, this.#live().currentTime * 1000))
  }
  /** 0 until the element knows it. */
  get durationMs(): number {
    const { duration } = this.#live()
    return Number.isFinite(duration) ? Math.round(watchOfMedia(this.#clock, duration * 1000)) : 0
  }
  /** How far it can play on from the present moment without the network. */
  get bufferedMs(): number {
    const { buffered, currentTime } = this.#live()
    for (let index = 0; index < buffered.length; index++) {
      if (buffered.start(index) <= currentTime + 0.1 && currentTime <= buffered.end(index))
        return Math.round(watchOfMedia(this.#clock, buffered.end(index) * 1000))
    }
    return this.ms
  }
  /** What was chosen; a silence may be played faster. */
  get rate(): number {
    return this.#live().defaultPlaybackRate
  }
  /** 0 to 1. */
  get volume(): number {
    return this.#live().volume
  }
  get muted(): boolean {
    const { muted, volume } = this.#live()
    return muted || volume === 0
  }
  get inPicture(): boolean {
    return this.#live().ownerDocument.pictureInPictureElement === this.media
  }

  /** What the source that is loaded does with the cuts. */
  get clock(): Clock {
    this.#subscribe()
    return this.#clock
  }
  set clock(clock: Clock) {
    this.#clock = clock
    this.media.dispatchEvent(new Event('clockchange'))
  }

  #isAtCut(): boolean {
    const { paused, currentTime } = this.media
    return paused && currentTime * 1000 >= openEnd(this.#clock) - endMs
  }

  /** False when the browser refused, because nobody has touched the page yet or the source has just been replaced. */
  play(): Promise<boolean> {
    return this.media.play().then(
      () => true,
      () => false,
    )
  }
  pause() {
    this.media.pause()
  }
  seek(ms: number) {
    const watchMs = Math.max(0, Math.min(ms, this.durationMs || ms))
    this.media.currentTime = mediaOfWatch(this.#clock, watchMs) / 1000
  }
  seekRecorded(ms: number) {
    this.seek(watchOfRecorded(this.#clock, ms))
  }
  /** When a recorded moment is watched, in ms; one that is cut away, where the cut is. */
  watchOf(recordedMs: number): number {
    this.#subscribe()
    return watchOfRecorded(this.#clock, recordedMs)
  }
  /** Also for the sources that will be loaded after this one: loading resets the speed to the default one. */
  setRate(rate: number) {
    this.media.preservesPitch = true
    this.media.defaultPlaybackRate = rate
    this.media.playbackRate = rate
  }
  setVolume(volume: number) {
    this.media.volume = Math.max(0, Math.min(1, volume))
    this.media.muted = false
  }
  setMuted(muted: boolean) {
    if (!muted && this.media.volume === 0) this.media.volume = 0.5
    this.media.muted = muted
  }
}
