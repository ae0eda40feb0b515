import { ProblemError } from '@meanwhile/shared/contract/problem'
import sharp from 'sharp'
import { pictureHeader } from './picture-header.ts'

const side = 256
/** As the largest of common phones. Of each at most a few bytes are in memory, and one picture at a time. */
const maxPixels = 50_000_000
const maxSide = 12_000
const maxSeconds = 10

// Readers of other formats are never reached, whatever a file claims to be.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'] })
sharp.cache(false)
sharp.concurrency(1)

/** One after the other: two large ones at once would take the memory and the processors of everybody else. */
let before: Promise<unknown> = Promise.resolve()
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = before.then(work)
  before = turn.catch(() => {})
  return turn
}

/** @throws {ProblemError} `picture-unusable` */
function requireUsable(bytes: Buffer) {
  const header = pictureHeader(bytes)
  if (!header) throw new ProblemError('picture-unusable', 'Choose a PNG, JPEG or WebP picture.')
  const { width, height, isAnimated } = header
  if (isAnimated) throw new ProblemError('picture-unusable', 'Choose one that does not move.')
  if (width === 0 || height === 0) throw new ProblemError('picture-unusable', 'It has no pixels.')
  if (width > maxSide || height > maxSide || width * height > maxPixels)
    throw new ProblemError('picture-unusable', `It has ${width} × ${height} pixels. Choose a smaller one.`)
}

/**
 * The middle of a picture as a square WebP, upright, and nothing else that its file said. The size is read before anything is decoded.
 * @throws {ProblemError} `picture-unusable`
 */
export async function squarePicture(bytes: Buffer): Promise<Buffer> {
  requireUsable(bytes)
  try {
    return await inTurn(() =>
      sharp(bytes, { autoOrient: true, limitInputPixels: maxPixels, failOn: 'warning', pages: 1 })
        .timeout({ seconds: maxSeconds })
        .resize(side, side, { fit: 'cover', position: 'centre' })
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .webp({ quality: 82 })
        .toBuffer(),
    )
  } catch {
    throw new ProblemError('picture-unusable', 'It is damaged or not whole.')
  }
}
