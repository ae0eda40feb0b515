import type { BubbleLayout } from '@meanwhile/shared/contract/edits'
import { defaultLayout } from '@meanwhile/shared/media/bubble'
import type { MenuEntry } from '../../ui/MenuButton.svelte'
import { remember, remembered } from '../preferences.ts'
import { say } from '../words.ts'
import { keepPlace, keptPlace } from './kept-place.ts'

type Size = BubbleLayout['size']

const sizes: { value: Size; label: string }[] = [
  { value: 'small', label: say('camera.small') },
  { value: 'medium', label: say('camera.medium') },
  { value: 'large', label: say('camera.large') },
]
const isSize = (text: string | null): text is Size => sizes.some(({ value }) => value === text)

/**
 * How this viewer sees the camera of a video: where its author put it, until they change that. Hiding and size are
 * remembered on this device, the place for this video; swapping lasts as long as the page.
 */
export class CameraView {
  shown = $state.raw(true)
  swapped = $state.raw(false)
  /** What the author is trying out, in place of everything else. */
  draft = $state.raw<BubbleLayout | null>(null)

  readonly #videoId: string
  #stored = $state.raw<BubbleLayout>(defaultLayout)
  #size = $state.raw<Size | null>(null)
  #place = $state.raw<{ x: number; y: number } | null>(null)

  layout: BubbleLayout = $derived(
    this.draft ?? { ...this.#stored, size: this.#size ?? this.#stored.size, ...(this.#place ?? {}) },
  )
  /** What its menu offers. */
  entries: MenuEntry[] = $derived([
    { kind: 'action', label: this.shown ? say('camera.hide') : say('camera.show'), onselect: () => this.toggle() },
    ...(this.shown ? this.#more() : []),
  ])

  constructor(videoId: string, layout: BubbleLayout | null) {
    this.#videoId = videoId
    this.#place = keptPlace(videoId)
    const size = remembered('camera-size')
    if (isSize(size)) this.#size = size
    this.shown = layout?.shape !== 'off' && remembered('camera') !== 'hidden'
    this.offer(layout)
  }

  /** Takes a newer answer of the API into account. */
  offer(layout: BubbleLayout | null) {
    this.#stored = layout ?? defaultLayout
  }

  toggle() {
    this.shown = !this.shown
    remember('camera', this.shown ? 'shown' : 'hidden')
  }

  /** `x`, `y`: as in a layout. */
  move(place: { x: number; y: number }) {
    if (this.draft) this.draft = { ...this.draft, ...place }
    else {
      this.#place = place
      keepPlace(this.#videoId, place)
    }
  }

  #resize(size: Size | null) {
    this.#size = size
    remember('camera-size', size ?? '')
  }

  /** To where the author placed it, in their size. */
  putBack() {
    this.#resize(null)
    this.#place = null
    keepPlace(this.#videoId, null)
  }

  #more(): MenuEntry[] {
    const entries: MenuEntry[] = [
      {
        kind: 'action',
        label: this.swapped ? say('camera.swapBack') : say('camera.swap'),
        onselect: () => (this.swapped = !this.swapped),
      },
      { kind: 'line' },
      {
        kind: 'choice',
        label: say('camera.size'),
        current: this.layout.size,
        options: sizes,
        onchange: (size) => this.#resize(size as Size),
      },
    ]
    if (!this.#place && !this.#size) return entries
    return [...entries, { kind: 'line' }, { kind: 'action', label: say('camera.putBack'), onselect: () => this.putBack() }]
  }
}
