import {
  type Box,
  type BoxPlace,
  type ByteSource,
  boxesIn,
  readBody,
  requireBox,
  topLevelBoxes,
} from '@meanwhile/shared/media/boxes'
import { type Init, readInit } from '@meanwhile/shared/media/cmaf'

type Bytes = Uint8Array<ArrayBuffer>
const source = (bytes: Bytes): ByteSource => ({
  sizeBytes: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
})

/** Moves the composition offsets of a `trun` (ISO/IEC 14496-12 §8.8.8). */
function moveOffsets(trun: DataView, ticks: number) {
  const flags = trun.getUint32(0) & 0xffffff
  if (!(flags & 0x800)) return
  const first = 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0)
  const length = [0x100, 0x200, 0x400, 0x800].reduce((sum, flag) => sum + (flags & flag ? 4 : 0), 0)
  const end = first + trun.getUint32(4) * length
  for (let at = first + length - 4; at < end; at += length) trun.setInt32(at, trun.getInt32(at) + ticks)
}

function moveStart(tfdt: DataView, ticks: number) {
  if (tfdt.getUint8(0) === 1) tfdt.setBigUint64(4, tfdt.getBigUint64(4) + BigInt(ticks))
  else tfdt.setUint32(4, tfdt.getUint32(4) + ticks)
}

function moveTrack({ body }: Box, init: Init, delay: number) {
  const boxes = boxesIn(body)
  const id = requireBox(boxes, 'tfhd').getUint32(4)
  const track = init.tracks.find(({ trackId }) => trackId === id)
  if (!track) return
  const ticks = Math.round(delay * track.timescale)
  const runs = boxes.filter(({ type }) => type === 'trun').map((box) => box.body)
  const isReordered = runs.some((trun) => trun.getUint32(0) & 0x800)
  if (track.kind === 'video' && isReordered) for (const trun of runs) moveOffsets(trun, ticks)
  else moveStart(requireBox(boxes, 'tfdt'), ticks)
}

const moofOf = async (bytes: Bytes): Promise<BoxPlace[]> => {
  const places: BoxPlace[] = []
  for await (const place of topLevelBoxes(source(bytes))) if (place.type === 'moof') places.push(place)
  return places
}

/** When a box was written (creation and modification time, ISO/IEC 14496-12 §8.2.2): the same file would be cut into other bytes. */
const forgetTime = (body: DataView) => {
  const end = body.getUint8(0) === 1 ? 20 : 12
  for (let at = 4; at < end; at++) body.setUint8(at, 0)
}

async function forgetTimes(bytes: Bytes) {
  for await (const place of topLevelBoxes(source(bytes))) {
    if (place.type !== 'moov') continue
    const boxes = boxesIn(await readBody(source(bytes), place, place.bodyLength))
    forgetTime(requireBox(boxes, 'mvhd'))
    for (const { body } of boxes.filter(({ type }) => type === 'trak')) {
      const track = boxesIn(body)
      forgetTime(requireBox(track, 'tkhd'))
      forgetTime(requireBox(boxesIn(requireBox(track, 'mdia')), 'mdhd'))
    }
  }
}

/**
 * Makes segments later by `delay` seconds, in place. Frames that are decoded out of order are shown before their turn by a negative
 * offset, which ffmpeg takes for an edit and shows late; so all of the recording begins a few frames late instead, sound included. An
 * init segment does not say when it was written: the same file is cut into the same bytes, today and after a reload.
 */
export function retimer(delay: number) {
  let init: Init | undefined
  return async (bytes: Bytes, isInit: boolean): Promise<void> => {
    if (isInit) {
      await forgetTimes(bytes)
      init = await readInit(source(bytes))
    } else if (init && delay > 0)
      for (const place of await moofOf(bytes))
        for (const box of boxesIn(await readBody(source(bytes), place, place.bodyLength)))
          if (box.type === 'traf') moveTrack(box, init, delay)
  }
}
