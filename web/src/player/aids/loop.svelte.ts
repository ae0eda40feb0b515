import type { Playback } from '../playback.ts'

/** A range of watching that is played again and again, in ms. */
export type LoopRange = { fromMs: number; toMs: number }

/** Shorter than that nothing can be made out. */
const shortestMs = 500
const firstMs = 5000
/** The element tells its time four times a second; an end that is nearer than that is timed. */
const soonMs = 1000
const nearMs = 100

/** The range that begins or ends at a moment, kept long enough and inside of the video. */
export function movedRange({ fromMs, toMs }: LoopRange, change: Partial<LoopRange>, durationMs: number): LoopRange {
  const from = Math.max(0, Math.min(change.fromMs ?? fromMs, durationMs - shortestMs))
  const to = Math.min(durationMs, change.toMs ?? toMs)
  if (to - from >= shortestMs) return { fromMs: from, toMs: to }
  return change.toMs === undefined
    ? { fromMs: from, toMs: Math.min(durationMs, from + firstMs) }
    : { fromMs: Math.max(0, to - firstMs), toMs: Math.max(to, shortestMs) }
}

/** Plays a range again and again, until it is let go of or somebody goes elsewhere. */
export class Loop {
  range = $state.raw<LoopRange | null>(null)

  readonly #playback: Playback
  readonly #durationMs: () => number
  readonly #stop = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(playback: Playback, durationMs: () => number) {
    this.#playback = playback
    this.#durationMs = durationMs
    const { media } = playback
    const { signal } = this.#stop
    for (const name of ['timeupdate', 'play', 'seeked', 'ratechange'])
      media.addEventListener(name, () => this.#check(), { signal })
    media.addEventListener('seeking', () => this.#heed(), { signal })
    media.addEventListener('ended', () => this.#again(), { signal })
  }

  close() {
    this.#stop.abort()
    clearTimeout(this.#timer)
  }

  /** Begins with the next seconds. */
  begin() {
    const { ms } = this.#playback
    this.range = movedRange({ fromMs: ms, toMs: ms + firstMs }, {}, this.#durationMs())
    this.#check()
  }
  change(change: Partial<LoopRange>) {
    if (this.range) this.range = movedRange(this.range, change, this.#durationMs())
    this.#check()
  }
  end() {
    this.range = null
    clearTimeout(this.#timer)
  }

  #check() {
    clearTimeout(this.#timer)
    const { media, ms } = this.#playback
    if (!this.range || media.paused || media.seeking) return
    const leftMs = this.range.toMs - ms
    if (leftMs <= 0) this.#playback.seek(this.range.fromMs)
    else if (leftMs < soonMs) this.#timer = setTimeout(() => this.#check(), Math.max(10, leftMs / media.playbackRate))
  }
  #heed() {
    const { ms } = this.#playback
    if (this.range && (ms < this.range.fromMs - nearMs || ms > this.range.toMs + nearMs)) this.end()
  }
  #again() {
    if (!this.range) return
    this.#playback.seek(this.range.fromMs)
    void this.#playback.play()
  }
}
