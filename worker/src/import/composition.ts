import { boxesIn, requireBox } from '@meanwhile/shared/media/boxes'

/**
 * An encoder that reorders frames delays what it shows, and ffmpeg says so in an edit list, which players of segments ignore: the
 * picture would lag behind the sound. The same is said here by the composition offsets themselves, as CMAF has it
 * (ISO/IEC 23000-19 §7.5.17). Both functions change the bytes they are given.
 */

const free = 0x66726565
const trackIdOf = (trak: DataView) => {
  const tkhd = requireBox(boxesIn(trak), 'tkhd')
  return tkhd.getUint32(tkhd.getUint8(0) === 1 ? 20 : 12)
}

/** The ticks that an edit list cuts off the beginning; 0 when it does not. */
function cutOff(edts: DataView): number {
  const elst = requireBox(boxesIn(edts), 'elst')
  const isLong = elst.getUint8(0) === 1
  const ticks = isLong ? Number(elst.getBigInt64(16)) : elst.getInt32(12)
  return elst.getUint32(4) === 1 && ticks > 0 ? ticks : 0
}

/** Takes the edit lists out of a `moov`. @returns the ticks that each track is to be shown earlier, by its id @throws {CmafError} */
export function takeEdits(moov: DataView): Map<number, number> {
  const shifts = new Map<number, number>()
  for (const { type, body } of boxesIn(moov)) {
    if (type !== 'trak') continue
    for (const box of boxesIn(body)) {
      if (box.type !== 'edts') continue
      shifts.set(trackIdOf(body), cutOff(box.body))
      // Its room stays, its name goes.
      new DataView(moov.buffer).setUint32(box.body.byteOffset - 4, free)
    }
  }
  return shifts
}

/** Moves the composition offsets of a `trun` (ISO/IEC 14496-12 §8.8.8); they may be negative in its version 1. */
function moveOffsets(trun: DataView, ticks: number) {
  const flags = trun.getUint32(0) & 0xffffff
  if (!(flags & 0x800)) return
  trun.setUint8(0, 1)
  const first = 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0)
  const length = [0x100, 0x200, 0x400, 0x800].reduce((sum, flag) => sum + (flags & flag ? 4 : 0), 0)
  const count = trun.getUint32(4)
  for (let at = first + length - 4; at < first + count * length; at += length) trun.setInt32(at, trun.getInt32(at) - ticks)
}

/** Shows the samples of a `moof` as much earlier as the edit lists said. @throws {CmafError} */
export function moveEarlier(moof: DataView, shifts: Map<number, number>): void {
  for (const { type, body } of boxesIn(moof)) {
    if (type !== 'traf') continue
    const boxes = boxesIn(body)
    const ticks = shifts.get(requireBox(boxes, 'tfhd').getUint32(4)) ?? 0
    if (ticks !== 0) for (const box of boxes) if (box.type === 'trun') moveOffsets(box.body, ticks)
  }
}
