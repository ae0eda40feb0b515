import { type Box, boxesIn, CmafError } from './boxes.ts'

/** How samples are coded: a codec string for `CODECS` and `isTypeSupported` (RFC 6381), and the size of the picture. */
export type SampleEntry = { codec: string; width: number | null; height: number | null }

const hex = (value: number) => value.toString(16).padStart(2, '0')

/** `avcC` (ISO/IEC 14496-15 §5.3.3): profile, constraints and level. */
const avc = (type: string, config: DataView | undefined) =>
  config ? `${type}.${hex(config.getUint8(1))}${hex(config.getUint8(2))}${hex(config.getUint8(3))}` : type

/** `vpcC`: profile, level and bit depth. */
const vp9 = (config: DataView | undefined) => {
  if (!config) return 'vp09.00.10.08'
  const two = (value: number) => String(value).padStart(2, '0')
  return `vp09.${two(config.getUint8(4))}.${two(config.getUint8(5))}.${two(config.getUint8(6) >> 4)}`
}

/** The audio object type inside `esds` (ISO/IEC 14496-1 §7.2.6): AAC-LC is 2. */
function mp4a(esds: DataView | undefined): string {
  for (let at = 4; esds && at + 2 < esds.byteLength; at++) {
    if (esds.getUint8(at) !== 0x05) continue
    let length = at + 1
    while (length < esds.byteLength - 1 && esds.getUint8(length) & 0x80) length++
    const objectType = esds.getUint8(length + 1) >> 3
    if (objectType > 0 && objectType < 31) return `mp4a.40.${objectType}`
  }
  return 'mp4a.40.2'
}

type CodecReader = (boxes: Box[], type: string) => string
const bodyOf = (boxes: Box[], type: string) => boxes.find((box) => box.type === type)?.body

const codecs = {
  video: new Map<string, CodecReader>([
    ['avc1', (boxes, type) => avc(type, bodyOf(boxes, 'avcC'))],
    ['avc3', (boxes, type) => avc(type, bodyOf(boxes, 'avcC'))],
    ['vp09', (boxes) => vp9(bodyOf(boxes, 'vpcC'))],
    ['av01', () => 'av01.0.08M.08'],
  ]),
  audio: new Map<string, CodecReader>([
    ['mp4a', (boxes) => mp4a(bodyOf(boxes, 'esds'))],
    ['Opus', () => 'opus'],
  ]),
}

/** Where the boxes of a sample entry start, behind its fixed fields. */
const boxesFrom = { video: 78, audio: 28 }

/** Reads a sample entry of `stsd` (ISO/IEC 14496-12 §12.1.3, §12.2.3). @throws {CmafError} for a codec that we do not play */
export function codecOf({ type, body }: Box, kind: 'video' | 'audio'): SampleEntry {
  const read = codecs[kind].get(type)
  if (!read) throw new CmafError(`its ${kind} codec ${type} is not one of H.264, VP9, AV1, AAC and Opus`)
  const codec = read(boxesIn(body, boxesFrom[kind]), type)
  if (kind === 'audio') return { codec, width: null, height: null }
  const width = body.getUint16(24)
  const height = body.getUint16(26)
  if (width === 0 || height === 0 || width > 8192 || height > 8192 || width * height > 35_389_440)
    throw new CmafError(`its picture of ${width} × ${height} is not between 1 × 1 and 8192 × 4320`)
  return { codec, width, height }
}
