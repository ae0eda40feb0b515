import type { Size } from '../segment.ts'
import { containedIn } from './painter.ts'

/** What is smaller than this part of its own size is hard to read. */
const legible = 0.9
/** While a window's edge is dragged every picture has another size. */
const settleMs = 1000

/**
 * Watches whether what is recorded outgrows its recording: a window that is maximised, a telephone that is turned. A picture that is fitted
 * into a size that is much too small for it cannot be read; one that got smaller stays as it is.
 * @returns a size to go on in, once what arrives at `atMs` has wanted it for a second; else null
 */
export function growthOf(begun: Size) {
  let size = begun
  let wanted = begun
  let sinceMs = 0
  return (arriving: Size, atMs: number): Size | null => {
    if (arriving.width !== wanted.width || arriving.height !== wanted.height) [wanted, sinceMs] = [arriving, atMs]
    if (atMs - sinceMs < settleMs || containedIn(size, wanted).width >= wanted.width * legible) return null
    size = wanted
    return size
  }
}
