import { type ByteSource, boxesIn, readBody, requireBox, topLevelBoxes } from '@meanwhile/shared/media/boxes'
import { editsOf, trackIdOf } from '@meanwhile/shared/media/edit-list'

/** What an encoder's last packet may be longer than what is heard of it, in seconds. */
const rounded = 0.1
const mostIndexBytes = 256 * 1024 * 1024

/** How many ticks a second the clock of a `mvhd` or `mdhd` has, and how many are measured by it. */
function clockOf(header: DataView) {
  const isLong = header.getUint8(0) === 1
  const ticks = header.getUint32(isLong ? 20 : 12)
  return { ticks, lengthTicks: isLong ? Number(header.getBigUint64(24)) : header.getUint32(16) }
}

function isTrimmedTrack(trak: DataView, movieTicks: number): boolean {
  const edits = editsOf(trak)
  const [edit, ...others] = edits.filter(({ fromTicks }) => fromTicks !== -1)
  if (!edit) return edits.length > 0
  if (others.length > 0 || !edit.isPlain) return true
  const media = clockOf(requireBox(boxesIn(requireBox(boxesIn(trak), 'mdia')), 'mdhd'))
  const hidden = (media.lengthTicks - edit.fromTicks) / media.ticks - edit.lengthTicks / movieTicks
  // A length of zero is all that follows, as in a file that is written while it is recorded.
  return edit.lengthTicks > 0 && hidden > rounded
}

/**
 * Whether an MP4 or MOV holds more of these tracks than it shows: where somebody trimmed it, the edit list alone says so, and a copy of its
 * packets would show it all again. What is cut off the beginning is not looked at here. @throws {CmafError}
 */
export async function isTrimmed(source: ByteSource, trackIds: number[]): Promise<boolean> {
  for await (const place of topLevelBoxes(source)) {
    if (place.type !== 'moov') continue
    const boxes = boxesIn(await readBody(source, place, mostIndexBytes))
    const { ticks } = clockOf(requireBox(boxes, 'mvhd'))
    const tracks = boxes.filter(({ type, body }) => type === 'trak' && trackIds.includes(trackIdOf(body)))
    return tracks.some(({ body }) => isTrimmedTrack(body, ticks))
  }
  return false
}
