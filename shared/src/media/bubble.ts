import type { BubbleLayout } from '../contract/edits.ts'

/** Of a camera that nobody placed: bottom left, out of the way of what most windows show. */
export const defaultLayout: BubbleLayout = { shape: 'round', size: 'medium', x: 0, y: 1 }

/** Shares of the width of the picture. */
const sides: Record<BubbleLayout['size'], number> = { small: 0.14, medium: 0.2, large: 0.28 }
const margin = 0.025

const even = (value: number) => Math.max(2, Math.floor(value / 2) * 2)

/**
 * Where the camera lies on a picture, in its pixels: a square, its left upper corner at `x`, `y`; even, as video needs. It never
 * leaves a picture that is lower than the bubble would be. For a layout whose shape is `off`, ask before.
 */
export function bubbleBox(
  { size, x, y }: Pick<BubbleLayout, 'size' | 'x' | 'y'>,
  { width, height }: { width: number; height: number },
): { x: number; y: number; side: number } {
  const gap = width * margin
  const side = even(Math.min(width * sides[size], height - 2 * gap))
  const place = (share: number, room: number) => Math.round(gap + share * Math.max(0, room - side - 2 * gap))
  return { x: place(x, width), y: place(y, height), side }
}
