const even = (value: number) => Math.max(2, Math.round(value / 2) * 2)

/** The size of a picture that is at most so wide, never enlarged; its sides are even. */
export function fittedTo(maxWidth: number, { width, height }: { width: number; height: number }) {
  const scale = Math.min(1, maxWidth / width)
  return { width: even(width * scale), height: even(height * scale) }
}
