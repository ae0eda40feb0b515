import type { Update } from '@meanwhile/shared/contract/updates'
import type { Video } from '@meanwhile/shared/contract/videos'
import type { Range } from '@meanwhile/shared/media/cuts'
import { timeCode } from '@meanwhile/shared/media/time-code'
import type { Wire } from '../../api.ts'
import type { MenuEntry } from '../../ui/MenuButton.svelte'
import type { Playback } from '../playback.ts'
import { remember, remembered } from '../preferences.ts'
import AidsButtons from './AidsButtons.svelte'
import AidsLayer from './AidsLayer.svelte'
import { Evening } from './evening.svelte.ts'
import { jumpOver } from './jump-over.ts'
import { forecast, lengthFrom, skipsOf } from './skips.ts'

/** What is known of what is watched. */
export type Known = { video: Wire<typeof Video> | null; update: Wire<typeof Update> | null }

/** What helps to watch, and is not needed for the first frame. Times are those of watching, in ms. */
export class Aids {
  readonly Layer = AidsLayer
  readonly Buttons = AidsButtons
  readonly playback: Playback
  readonly evening: Evening
  /** How much time was saved here, in ms of the viewer's. */
  savedMs = $state.raw(0)

  readonly #known: Known
  readonly #jumps: ReturnType<typeof jumpOver>
  #skipping = $state.raw(remembered('skip-silences') === 'on')

  constructor(playback: Playback, known: Known) {
    this.playback = playback
    this.#known = known
    const saved = (ms: number) => {
      this.savedMs += ms
    }
    this.evening = new Evening(playback, () => known.video?.playback.loudness ?? null)
    this.#jumps = jumpOver(playback, () => this.#left(), saved)
  }

  close() {
    this.#jumps.stop()
    this.evening.close()
  }

  get durationMs(): number {
    return this.playback.durationMs || (this.#known.video?.durationMs ?? 0)
  }
  /** The silences that can be left out. No derived state: it is asked for outside of components, too. */
  get silences(): Range[] {
    return skipsOf(this.#known.video?.playback.silences ?? [], this.playback.clock, this.durationMs)
  }

  get skipping(): boolean {
    return this.#skipping
  }
  set skipping(on: boolean) {
    this.#skipping = on
    remember('skip-silences', on ? 'on' : 'off')
    this.#jumps.check()
  }
  /** How much of what is still to come will be left out. */
  get silentMs(): number {
    return this.#skipping ? lengthFrom(this.silences, this.playback.ms) : 0
  }
  /** How long it takes, said before it is played; null where nothing makes a difference. */
  get forecast(): string | null {
    const { durationMs, silences, skipping } = this
    return forecast({ durationMs, silentMs: lengthFrom(silences, 0), rate: this.playback.rate, skipping })
  }

  /** What the player's menu has of it. */
  get entries(): MenuEntry[] {
    const entries = [...this.#skipEntries(), ...this.#eveningEntries()]
    return entries.length > 0 ? [...entries, { kind: 'line' }] : []
  }

  #skipEntries(): MenuEntry[] {
    if (this.silences.length === 0) return []
    const hint = this.savedMs < 1000 ? {} : { hint: `${timeCode(this.savedMs)} saved` }
    return [{ kind: 'switch', label: 'Skip silences', on: this.skipping, ...hint, onchange: (on) => (this.skipping = on) }]
  }

  #eveningEntries(): MenuEntry[] {
    const { db, on } = this.evening
    if (db === 0) return []
    const hint = `${db > 0 ? '+' : '−'}${Math.abs(Math.round(db))} dB`
    return [{ kind: 'switch', label: 'Even out loudness', on, hint, onchange: (next) => (this.evening.on = next) }]
  }

  #left(): Range[] {
    return this.#skipping ? this.silences : []
  }
}
