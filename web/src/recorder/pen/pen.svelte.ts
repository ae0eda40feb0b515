import type { Stroke } from '../encoding/encoder.ts'

export const penColours = [
  { value: '#e5484d', name: 'red' },
  { value: '#ffd60a', name: 'yellow' },
  { value: '#30a46c', name: 'green' },
  { value: '#3e8ef7', name: 'blue' },
] as const
export type PenColour = (typeof penColours)[number]['value']

/** As a share of the picture's width: 8 px of 1280. */
const strokeWidth = 0.006
/** Points nearer than this are one: a still hand draws nothing. */
const nearest = 0.002

/** What is drawn over the picture. Each change is passed on whole, so that the recording shows what the person sees. */
export class Pen {
  /** True while a pointer on the picture draws. */
  on = $state.raw(false)
  colour = $state.raw<PenColour>(penColours[0].value)
  strokes = $state.raw<Stroke[]>([])
  #drawing = false
  readonly #show: (strokes: Stroke[]) => void

  constructor(show: (strokes: Stroke[]) => void) {
    this.#show = show
  }

  toggle(): void {
    this.on = !this.on
  }

  /** The pen goes down here; positions are shares of the picture's width and height. */
  begin(x: number, y: number): void {
    if (!this.on) return
    this.#drawing = true
    this.#change([...this.strokes, { points: [[x, y]], colour: this.colour, width: strokeWidth }])
  }

  move(x: number, y: number): void {
    const stroke = this.strokes.at(-1)
    const last = stroke?.points.at(-1)
    if (!this.#drawing || !stroke || !last || Math.hypot(x - last[0], y - last[1]) < nearest) return
    this.#change([...this.strokes.slice(0, -1), { ...stroke, points: [...stroke.points, [x, y]] }])
  }

  end(): void {
    this.#drawing = false
  }

  /** Takes the last line back. */
  undo(): void {
    this.#drawing = false
    if (this.strokes.length > 0) this.#change(this.strokes.slice(0, -1))
  }

  clear(): void {
    this.#drawing = false
    if (this.strokes.length > 0) this.#change([])
  }

  #change(strokes: Stroke[]) {
    this.strokes = strokes
    this.#show(strokes)
  }
}
