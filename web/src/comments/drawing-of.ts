import type { Drawing } from '@meanwhile/shared/contract/drawing'
import type { Pen } from '../recorder/pen/pen.svelte.ts'

/** What the API takes of a drawing. */
const mostStrokes = 200
const mostPoints = 2_000

type Colour = Drawing['strokes'][number]['colour']

/** What was drawn, with every n-th point of the lines where there are too many; null when nothing was. */
export function drawingOf(strokes: Pen['strokes']): Drawing | null {
  if (strokes.length === 0) return null
  const kept = strokes.slice(-mostStrokes)
  const total = kept.reduce((sum, { points }) => sum + points.length, 0)
  // The ends of every line are kept, so there must be room for them.
  const every = Math.max(1, Math.ceil(total / (mostPoints - 2 * kept.length)))
  return {
    strokes: kept.map(({ points, colour, width }) => ({
      points: points.filter((_, index) => index % every === 0 || index === points.length - 1),
      colour: colour as Colour,
      width,
    })),
  }
}
