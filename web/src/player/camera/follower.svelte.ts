import type { Playback } from '../playback.ts'
import { correctionOf } from './drift.ts'

const everyMs = 150
const firstJumpMs = 80
const fineMs = 5
const lostMs = 2000
/** A camera that is off by more than this shows another moment: better nothing. */
const strayMs = 1500

const msOf = ({ currentTime }: HTMLMediaElement) => currentTime * 1000

/**
 * Makes the camera do what the main picture does: same moment, same speed, pausing and waiting with it. The main picture
 * never waits for the camera. Both are on the recorder's clock, so this is not for an edited file. `stop` ends it.
 */
export class Follower {
  /** There is a picture of the camera for this moment. */
  hasFrame = $state.raw(false)

  readonly #main: HTMLVideoElement
  readonly #camera: HTMLVideoElement
  readonly #stop = new AbortController()
  readonly #timer: ReturnType<typeof setInterval>
  #jumpMs = firstJumpMs
  #jumpedAt = 0
  #target = -1

  constructor(main: Playback, camera: Playback) {
    this.#main = main.media
    this.#camera = camera.media
    const { signal } = this.#stop
    const listen = (media: HTMLMediaElement, names: string[], then: () => void) => {
      for (const name of names) media.addEventListener(name, then, { signal })
    }
    listen(this.#main, ['seeking', 'loadedmetadata'], () => this.#jump(msOf(this.#main)))
    listen(this.#main, ['play', 'playing', 'pause', 'waiting', 'seeked', 'ended', 'ratechange', 'timeupdate'], () => this.#keep())
    listen(this.#camera, ['seeked'], () => this.#landed())
    listen(this.#camera, ['loadeddata', 'canplay', 'waiting', 'playing', 'ended', 'emptied', 'error'], () => this.#keep())
    this.#timer = setInterval(() => this.#keep(), everyMs)
    this.#jump(msOf(this.#main))
  }

  stop() {
    clearInterval(this.#timer)
    this.#stop.abort()
    this.#camera.pause()
  }

  get #mainRuns() {
    const { paused, ended, seeking, readyState } = this.#main
    return !paused && !ended && !seeking && readyState >= HTMLMediaElement.HAVE_FUTURE_DATA
  }

  #keep() {
    const [main, camera] = [this.#main, this.#camera]
    const mainMs = msOf(main)
    const isOver = Number.isFinite(camera.duration) && mainMs > camera.duration * 1000
    const isStray = !main.paused && Math.abs(mainMs - msOf(camera)) > strayMs
    this.hasFrame = camera.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !isOver && !isStray
    if (isOver || !this.#mainRuns) camera.pause()
    const isOnItsWay = camera.seeking && performance.now() - this.#jumpedAt < lostMs
    if (isOver || isOnItsWay || camera.readyState === 0) return
    if (!this.#mainRuns) {
      // Standing still it must show this very moment; a source that cannot land there is not asked twice.
      if (!main.seeking && Math.abs(mainMs - msOf(camera)) > fineMs && this.#target !== mainMs) this.#jump(mainMs)
      return
    }
    const now = { mainMs, cameraMs: msOf(camera), rate: main.playbackRate, jumpMs: this.#jumpMs }
    const correction = correctionOf(now)
    if (correction.do === 'seek') this.#jump(correction.ms)
    else camera.playbackRate = correction.rate
    // Refused while it is not ready: the next turn tries again.
    if (camera.paused) camera.play().catch(() => {})
  }

  /** While it is on its way to another moment, it is left alone: `landed` sees where it is. */
  #jump(ms: number) {
    const camera = this.#camera
    const now = performance.now()
    // A jump that does not land (its part cannot be loaded) gives way to the next one.
    if (camera.readyState === 0 || (camera.seeking && now - this.#jumpedAt < lostMs)) return
    // Behind its end there is nothing to land on.
    if (ms > camera.duration * 1000) return
    this.#jumpedAt = now
    this.#target = ms
    camera.currentTime = ms / 1000
  }

  #landed() {
    const tookMs = performance.now() - this.#jumpedAt
    if (this.#mainRuns) this.#jumpMs = Math.min(1000, this.#jumpMs / 2 + tookMs / 2)
    this.#keep()
  }
}
