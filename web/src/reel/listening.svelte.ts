import { untilLoaded } from '../ui/until-loaded.ts'
import type { Sitting } from './sitting.svelte.ts'
import type { Walk } from './walk.svelte.ts'
import { say } from './words.ts'

/** Goes from the picture to the sound alone and back, at the same place. */
export class Listening {
  walk = $state.raw<Walk | null>(null)
  readonly #sitting: Sitting
  #turn = 0
  #isLoading = false

  constructor(sitting: Sitting) {
    this.#sitting = sitting
  }

  async start(): Promise<void> {
    if (this.walk || this.#isLoading) return
    const turn = ++this.#turn
    this.#isLoading = true
    const { Walk } = await untilLoaded(() => import('./walk.svelte.ts'))
    if (turn !== this.#turn) return
    this.#isLoading = false
    const sitting = this.#sitting
    sitting.pause()
    const needs = {
      items: sitting.items,
      title: sitting.reel.title ?? say('catchUp'),
      onlyUnseen: sitting.onlyUnseen,
      rate: () => sitting.choices.rate,
      skips: () => sitting.how.skipSilences,
      heard: sitting.heard.bind(sitting),
      ended: () => sitting.end(),
    }
    this.walk = new Walk(needs, sitting.index, sitting.recordedMs)
  }
  /** Back to the picture, which goes on where the sound was. */
  back(): void {
    const { walk } = this
    if (!walk) return
    const at = walk.item ? this.#sitting.items.indexOf(walk.item) : this.#sitting.items.length
    const { recordedMs } = walk
    this.close()
    if (walk.item || !this.#sitting.isOver) this.#sitting.resume(at, recordedMs)
  }
  close(): void {
    this.#turn++
    this.#isLoading = false
    this.walk?.close()
    this.walk = null
  }
}
