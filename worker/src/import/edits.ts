import { boxesIn, requireBox } from '@meanwhile/shared/media/boxes'

const trackIdOf = (trak: DataView) => {
  const tkhd = requireBox(boxesIn(trak), 'tkhd')
  return tkhd.getUint32(tkhd.getUint8(0) === 1 ? 20 : 12)
}

/** The ticks that an edit list with one entry (ISO/IEC 14496-12 §8.6.6) cuts off the beginning. */
function cutOff(edts: DataView): number {
  const elst = requireBox(boxesIn(edts), 'elst')
  const ticks = elst.getUint8(0) === 1 ? Number(elst.getBigInt64(16)) : elst.getInt32(12)
  return elst.getUint32(4) === 1 && ticks > 0 ? ticks : 0
}

/**
 * How much earlier each track of a `moov` is shown than its samples say, in its ticks, by its id: an encoder that reorders frames begins
 * late, and an edit list takes that back. @throws {CmafError}
 */
export function shownEarlier(moov: DataView): Map<number, number> {
  const shifts = new Map<number, number>()
  for (const { type, body } of boxesIn(moov)) {
    const edts = type === 'trak' ? boxesIn(body).find((box) => box.type === 'edts') : undefined
    if (edts) shifts.set(trackIdOf(body), cutOff(edts.body))
  }
  return shifts
}
