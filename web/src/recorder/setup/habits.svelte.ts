import type { BubbleLayout } from '@meanwhile/shared/contract/edits'
import { defaultLayout } from '@meanwhile/shared/media/bubble'
import { keep, type Memory, recall } from './device-memory.ts'

export const countdowns = [0, 3, 5, 10] as const
export type CountdownSeconds = (typeof countdowns)[number]

const key = 'meanwhile.recorder.habits'
const shapes: BubbleLayout['shape'][] = ['round', 'rounded', 'off']
const sizes: BubbleLayout['size'][] = ['small', 'medium', 'large']
const longestNotes = 20_000

/** How the person records, remembered from one recording to the next. */
export class Habits {
  countdown = $state.raw<CountdownSeconds>(3)
  /** Where the camera's bubble is, and how it looks. */
  layout = $state.raw<BubbleLayout>(defaultLayout)
  /** What the person wants to say: theirs alone, never sent anywhere. */
  notes = $state.raw('')
  readonly #memory: Memory
  /** Notes that are lent for one recording are not remembered: their own stay. */
  #ownNotes = ''
  readonly #isLent: boolean

  /** @param lent notes for this one recording, instead of the person's own */
  constructor(memory: Memory, lent?: string) {
    this.#memory = memory
    const found = recall(memory, key)
    this.countdown = countdowns.find((seconds) => seconds === found.countdown) ?? this.countdown
    this.layout = layoutIn(found.layout, this.layout)
    if (typeof found.notes === 'string') this.#ownNotes = found.notes.slice(0, longestNotes)
    this.#isLent = lent !== undefined
    this.notes = lent ?? this.#ownNotes
  }

  countFrom(seconds: CountdownSeconds): void {
    this.countdown = seconds
    this.#keep()
  }

  arrange(change: Partial<BubbleLayout>): void {
    this.layout = { ...this.layout, ...change }
    this.#keep()
  }

  note(text: string): void {
    this.notes = text.slice(0, longestNotes)
    this.#keep()
  }

  #keep() {
    keep(this.#memory, key, { countdown: this.countdown, layout: this.layout, notes: this.#isLent ? this.#ownNotes : this.notes })
  }
}

function layoutIn(found: unknown, otherwise: BubbleLayout): BubbleLayout {
  const { shape, size, x, y } = (found ?? {}) as Partial<Record<keyof BubbleLayout, unknown>>
  const place = (value: unknown, usual: number) => (typeof value === 'number' && value >= 0 && value <= 1 ? value : usual)
  return {
    shape: shapes.find((each) => each === shape) ?? otherwise.shape,
    size: sizes.find((each) => each === size) ?? otherwise.size,
    x: place(x, otherwise.x),
    y: place(y, otherwise.y),
  }
}
