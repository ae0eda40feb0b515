export type Size = { width: number; height: number }

/** The largest size of this shape within bounds, in whole CSS pixels. */
export function fit(shape: Size, bounds: Size): Size {
  const scale = Math.min(bounds.width / shape.width, bounds.height / shape.height)
  const side = (px: number) => Math.max(1, Math.floor(px * scale))
  return { width: side(shape.width), height: side(shape.height) }
}
