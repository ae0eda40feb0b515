import type { Size } from '../segment.ts'
import type { Stroke } from './encoder.ts'

/** What is done to a picture before it is encoded. */
export type Look = { private: boolean; strokes: Stroke[] }
export const plainLook: Look = { private: false, strokes: [] }

/**
 * Gives frames the size of the recording, and what they show its look. A frame that is right as it is passes untouched: painting one costs
 * as much as encoding it.
 */
export function painter({ width, height }: Size) {
  let context: OffscreenCanvasRenderingContext2D | null = null

  function blank(): OffscreenCanvasRenderingContext2D {
    context ??= new OffscreenCanvas(width, height).getContext('2d', { alpha: false })!
    context.fillStyle = 'black'
    context.fillRect(0, 0, width, height)
    return context
  }
  let dark: Uint8Array<ArrayBuffer> | null = null
  /**
   * Black of the kind that the frame is, because an encoder begins anew for another. No light at all is black in the full and in the limited
   * range; a canvas has only one of them.
   */
  function black({ format, colorSpace }: VideoFrame, timing: { timestamp: number; duration: number }): VideoFrame {
    if (!/^(NV|I4)/.test(format ?? '')) return new VideoFrame(blank().canvas, timing)
    dark ??= new Uint8Array(width * height * 1.5).fill(128, width * height)
    return new VideoFrame(dark, { format: 'I420', codedWidth: width, codedHeight: height, colorSpace, ...timing })
  }
  return (frame: VideoFrame, atMs: number, durationMs: number, look: Look): VideoFrame => {
    const timing = { timestamp: Math.round(atMs * 1000), duration: Math.round(durationMs * 1000) }
    if (look.private) return black(frame, timing)
    if (look.strokes.length === 0 && fits(frame, { width, height })) return new VideoFrame(frame, timing)
    const paper = blank()
    const box = containedIn({ width, height }, { width: frame.displayWidth, height: frame.displayHeight })
    paper.drawImage(frame, box.x, box.y, box.width, box.height)
    for (const stroke of look.strokes) paint(paper, stroke, box)
    return new VideoFrame(paper.canvas, timing)
  }
}

/** True when the frame can go to the encoder as it is. */
function fits(frame: VideoFrame, { width, height }: Size): boolean {
  const visible = frame.visibleRect
  const rotated = ((frame as { rotation?: number }).rotation ?? 0) !== 0
  return visible?.width === width && visible.height === height && !rotated
}

type Box = Size & { x: number; y: number }

/** The largest place in the middle of `room` that has the shape of `picture`. */
export function containedIn(room: Size, picture: Size): Box {
  const scale = Math.min(room.width / picture.width, room.height / picture.height)
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)]
  return { x: Math.round((room.width - width) / 2), y: Math.round((room.height - height) / 2), width, height }
}

function paint(paper: OffscreenCanvasRenderingContext2D, { points, colour, width }: Stroke, box: Box) {
  const [first] = points
  if (!first) return
  const place = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const
  paper.strokeStyle = colour
  paper.lineWidth = Math.max(1, width * box.width)
  paper.lineCap = paper.lineJoin = 'round'
  paper.beginPath()
  paper.moveTo(...place(first))
  // A line to where it begins makes a dot of a single point.
  for (const point of points.length > 1 ? points.slice(1) : points) paper.lineTo(...place(point))
  paper.stroke()
}
