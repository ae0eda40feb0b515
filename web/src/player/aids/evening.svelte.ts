import { gainDb, gainFactor, type Loudness } from '@meanwhile/shared/media/loudness'
import type { Playback } from '../playback.ts'
import { remember, remembered } from '../preferences.ts'

/** Less nobody hears, and what is not done cannot fail. */
const audibleDb = 1
const patienceMs = 1000
/** So that a change of it is no click. */
const softlySeconds = 0.05

/** By how many dB a recording is made louder or softer; 0 where that would not be heard. */
export function correctionDb(loudness: Loudness | null): number {
  const db = loudness ? gainDb(loudness) : 0
  return Math.abs(db) < audibleDb ? 0 : db
}

/** In Safari what plays HLS by itself is silent once its sound is taken elsewhere, and nothing can put it back. */
const canTakeSound = (media: HTMLVideoElement) => !('webkitSetPresentationMode' in media)

/** Once the sound of an element is taken elsewhere, nothing puts it back: who plays one recording after the other with it goes on with its gain. */
const gains = new WeakMap<HTMLMediaElement, GainNode>()

/**
 * Plays recordings equally loud. The sound is led through a gain only when that is needed, after somebody has touched the page, and once
 * it is certain that a browser lets it out: whoever watches is never without sound. The volume stays the viewer's.
 */
export class Evening {
  readonly #media: HTMLVideoElement
  readonly #loudness: () => Loudness | null
  readonly #stop = new AbortController()
  #on = $state.raw(remembered('even-loudness') !== 'off')
  #gain: GainNode | null = null
  #opening = false

  /** @param loudness what is known of the recording by now */
  constructor({ media }: Playback, loudness: () => Loudness | null) {
    this.#media = media
    this.#loudness = loudness
    this.#gain = gains.get(media) ?? null
    const { signal } = this.#stop
    for (const name of ['play', 'playing']) media.addEventListener(name, () => this.apply(), { signal })
    // A browser may have silenced it meanwhile, and lets it out again when somebody does something.
    for (const name of ['pointerdown', 'keydown']) addEventListener(name, () => this.#wake(), { signal, capture: true })
    this.apply()
  }

  close() {
    this.#stop.abort()
    const context = this.#gain?.context
    if (context instanceof AudioContext) void context.suspend().catch(() => {})
  }

  /** In dB; 0 where there is nothing to even out, or no way to. */
  get db(): number {
    return canTakeSound(this.#media) ? correctionDb(this.#loudness()) : 0
  }
  get on(): boolean {
    return this.#on
  }
  set on(on: boolean) {
    this.#on = on
    remember('even-loudness', on ? 'on' : 'off')
    this.apply()
  }

  /** Does what is wanted by now; to be called when something about it has changed. */
  apply() {
    this.#wake()
    const factor = this.#on ? gainFactor(this.db) : 1
    if (this.#gain) this.#gain.gain.setTargetAtTime(factor, this.#gain.context.currentTime, softlySeconds)
    else if (factor !== 1 && !this.#media.paused) void this.#open()
  }

  #wake() {
    const context = this.#gain?.context
    if (this.#stop.signal.aborted) return
    if (context instanceof AudioContext && context.state !== 'running') void context.resume().catch(() => {})
  }

  async #open() {
    if (this.#opening || navigator.userActivation?.hasBeenActive === false) return
    this.#opening = true
    const context = new AudioContext()
    const late = new Promise<void>((resolve) => setTimeout(resolve, patienceMs))
    await Promise.race([context.resume().catch(() => {}), late])
    if (context.state !== 'running' || this.#stop.signal.aborted) {
      await context.close().catch(() => {})
    } else {
      const gain = new GainNode(context)
      gain.connect(context.destination)
      context.createMediaElementSource(this.#media).connect(gain)
      context.addEventListener('statechange', () => !this.#media.paused && this.#wake(), { signal: this.#stop.signal })
      this.#gain = gain
      gains.set(this.#media, gain)
      this.apply()
    }
    this.#opening = false
  }
}
