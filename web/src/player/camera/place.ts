import type { BubbleLayout } from '@meanwhile/shared/contract/edits'
import { bubbleBox } from '@meanwhile/shared/media/bubble'

export type Size = { width: number; height: number }
/** In CSS pixels, from the left upper corner of the player. */
export type Box = Size & { left: number; top: number }

/** How much wider than the camera's a bubble is that shows the screen. */
const wide = 1.5

/** Where a picture lies in the player: whole, in the middle. `ratio`: width by height. */
export function pictureIn(room: Size, ratio: number): Box {
  const width = Math.min(room.width, room.height * ratio)
  const height = width / ratio
  return { left: (room.width - width) / 2, top: (room.height - height) / 2, width, height }
}

type Bubble = {
  layout: Pick<BubbleLayout, 'size' | 'x' | 'y'>
  /** Width by height of what it shows: 1 is the camera. */
  aspect: number
  /** What covers the foot of the player at the moment, in px; the bubble stands above it. */
  footPx: number
}

function measure(picture: Box, { layout, aspect }: Pick<Bubble, 'layout' | 'aspect'>) {
  const { x: gap, side } = bubbleBox({ size: layout.size, x: 0, y: 0 }, picture)
  const width = aspect === 1 ? side : Math.min(side * wide, (picture.height - 2 * gap) * aspect)
  const height = width / aspect
  return {
    gap,
    width,
    height,
    roomX: Math.max(0, picture.width - width - 2 * gap),
    roomY: Math.max(0, picture.height - height - 2 * gap),
  }
}

/** Where the bubble lies. */
export function bubbleIn(room: Size, picture: Box, bubble: Bubble): Box {
  const { gap, width, height, roomX, roomY } = measure(picture, bubble)
  const top = picture.top + gap + bubble.layout.y * roomY
  const lowest = room.height - bubble.footPx - height
  const clear = bubble.footPx > 0 ? Math.max(Math.min(top, lowest), picture.top) : top
  return { left: picture.left + gap + bubble.layout.x * roomX, top: clear, width, height }
}

const share = (value: number, room: number) => (room > 0 ? Math.min(1, Math.max(0, value / room)) : 0)

/** The layout's place of a bubble whose left upper corner was brought to a point, in px. */
export function placeAt(picture: Box, bubble: Pick<Bubble, 'layout' | 'aspect'>, corner: { left: number; top: number }) {
  const { gap, roomX, roomY } = measure(picture, bubble)
  return { x: share(corner.left - picture.left - gap, roomX), y: share(corner.top - picture.top - gap, roomY) }
}
