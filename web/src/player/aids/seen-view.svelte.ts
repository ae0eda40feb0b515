import type { Range } from '@meanwhile/shared/media/cuts'
import { lengthOf, union } from '@meanwhile/shared/media/intervals'
import type { MenuEntry } from '../../ui/MenuButton.svelte'
import { collectSeen } from '../collect-seen.ts'
import type { Playback } from '../playback.ts'
import { say } from '../words.ts'
import { aroundParts, asWatched, unseenParts } from './unseen.ts'

type Needs = {
  /** What is known of earlier sittings, in recorded ms. */
  before: () => readonly Range[]
  durationMs: () => number
  /** As ranges of watching. */
  silences: () => readonly Range[]
  /** What is left out has changed. */
  changed: () => void
}
/** A jump may land so far from where it should. */
const nearMs = 250

/** What this viewer has seen, now and before, and what is left. Ranges are those of watching, in ms. */
export class SeenView {
  /** What is left to see, while only that is played. */
  only = $state.raw<Range[] | null>(null)

  readonly #playback: Playback
  readonly #needs: Needs
  readonly #stop = new AbortController()
  /** In recorded ms. */
  #now = $state.raw<Range[]>([])

  constructor(playback: Playback, needs: Needs) {
    this.#playback = playback
    this.#needs = needs
    const { media } = playback
    const { signal } = this.#stop
    const collected = collectSeen(playback, signal)
    for (const name of ['timeupdate', 'pause', 'ended'])
      media.addEventListener(
        name,
        () => {
          const taken = collected.take()
          if (taken.length > 0) this.#now = union(this.#now, taken)
        },
        { signal },
      )
    media.addEventListener('seeking', () => this.#heed(), { signal })
    media.addEventListener('ended', () => this.playAll(), { signal })
  }

  close() {
    this.#stop.abort()
  }

  get seen(): Range[] {
    return asWatched(union(this.#needs.before(), this.#now), this.#playback.clock, this.#needs.durationMs())
  }
  get seenMs(): number {
    return lengthOf(this.seen)
  }
  get unseen(): Range[] {
    return unseenParts(this.seen, this.#needs.silences(), this.#needs.durationMs())
  }
  /** There is something to be told from what is left. */
  get isPartial(): boolean {
    return this.seen.length > 0 && this.unseen.length > 0
  }
  /** What is left out because it has been seen. */
  get skipped(): Range[] {
    return this.only ? aroundParts(this.only, this.#needs.durationMs()) : []
  }

  /** Leaves out what has been seen, and goes to what is left. False where nothing is. */
  leaveOut(): boolean {
    const parts = this.unseen
    const first = parts[0]
    if (!first) return false
    this.only = parts
    this.#playback.seek(first[0])
    this.#needs.changed()
    return true
  }
  /** Plays what is left, and nothing else, until somebody goes elsewhere. */
  playUnseen() {
    if (this.leaveOut()) void this.#playback.play()
  }
  playAll() {
    if (!this.only) return
    this.only = null
    this.#needs.changed()
  }

  get entries(): MenuEntry[] {
    if (this.only) return [{ kind: 'action', label: say('playAll'), onselect: () => this.playAll() }]
    return this.isPartial ? [{ kind: 'action', label: say('playUnseen'), onselect: () => this.playUnseen() }] : []
  }

  /** Jumps of the player itself lead to the parts; who goes anywhere else wants to see that. */
  #heed() {
    const { ms } = this.#playback
    const isThere = this.only?.some(([from, to]) => from - nearMs <= ms && ms <= to + nearMs)
    if (isThere === false && ms < this.#needs.durationMs() - nearMs) this.playAll()
  }
}
