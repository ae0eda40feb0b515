import type { BubbleLayout } from '@meanwhile/shared/contract/edits'
import { bubbleBox } from '@meanwhile/shared/media/bubble'
import { say } from '../words.ts'

type Place = Pick<BubbleLayout, 'x' | 'y'>
type Size = { width: number; height: number }

/** So near to an edge, as a share of the room, a dragged bubble goes to it. */
const snap = 0.06
const step = 0.05

/** Where the bubble is after it was dragged by so many px over a picture of this size. */
export function draggedTo(layout: BubbleLayout, picture: Size, dx: number, dy: number): Place {
  const room = roomIn(layout, picture)
  return { x: snapped(layout.x + share(dx, room.width)), y: snapped(layout.y + share(dy, room.height)) }
}

/** Where an arrow key moves it to, or null for any other key. With `far`, to the edge. */
export function movedBy(key: string, { x, y }: Place, far: boolean): Place | null {
  const by = far ? 1 : step
  const moves: Record<string, Place> = {
    ArrowLeft: { x: x - by, y },
    ArrowRight: { x: x + by, y },
    ArrowUp: { x, y: y - by },
    ArrowDown: { x, y: y + by },
  }
  const to = moves[key]
  return to ? { x: within(to.x), y: within(to.y) } : null
}

/** `bottom left`, `top`, `centre`: where it is, in words. */
export function placeInWords({ x, y }: Place): string {
  const row = y < 1 / 3 ? 'top' : y > 2 / 3 ? 'bottom' : ''
  const column = x < 1 / 3 ? 'left' : x > 2 / 3 ? 'right' : ''
  return say(`place.${row && column ? (`${row} ${column}` as const) : row || column || 'centre'}`)
}

/** How far the bubble can move over the picture, in px. */
function roomIn(layout: BubbleLayout, picture: Size): Size {
  const first = bubbleBox({ ...layout, x: 0, y: 0 }, picture)
  const last = bubbleBox({ ...layout, x: 1, y: 1 }, picture)
  return { width: last.x - first.x, height: last.y - first.y }
}

const share = (distance: number, room: number) => (room > 0 ? distance / room : 0)
/** Four digits are less than a pixel, and do not look like noise in the API. */
const within = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000
const snapped = (value: number) => (value < snap ? 0 : value > 1 - snap ? 1 : within(value))
