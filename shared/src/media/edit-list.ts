import { boxesIn, requireBox } from './boxes.ts'

/**
 * An entry of an edit list (ISO/IEC 14496-12 §8.6.6): for `lengthTicks` of the movie's clock the media is shown from `fromTicks` of its own
 * clock on, at the speed at which it was recorded if `isPlain`; with -1 nothing is shown.
 */
export type Edit = { lengthTicks: number; fromTicks: number; isPlain: boolean }

/** The id of a track, from its `trak`. @throws {CmafError} */
export function trackIdOf(trak: DataView): number {
  const tkhd = requireBox(boxesIn(trak), 'tkhd')
  return tkhd.getUint32(tkhd.getUint8(0) === 1 ? 20 : 12)
}

/** The edit list of a `trak`, empty where there is none. @throws {CmafError} */
export function editsOf(trak: DataView): Edit[] {
  const edts = boxesIn(trak).find(({ type }) => type === 'edts')
  if (!edts) return []
  const elst = requireBox(boxesIn(edts.body), 'elst')
  const isLong = elst.getUint8(0) === 1
  const entryBytes = isLong ? 20 : 12
  const edits: Edit[] = []
  const end = Math.min(elst.byteLength, 8 + elst.getUint32(4) * entryBytes)
  for (let at = 8; at + entryBytes <= end; at += entryBytes)
    edits.push({
      lengthTicks: isLong ? Number(elst.getBigUint64(at)) : elst.getUint32(at),
      fromTicks: isLong ? Number(elst.getBigInt64(at + 8)) : elst.getInt32(at + 4),
      isPlain: elst.getUint32(at + entryBytes - 4) === 0x10000,
    })
  return edits
}
