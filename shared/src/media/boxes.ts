/** A file is not what it should be; the message is for people. */
export class CmafError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CmafError'
  }
}

/** A file, or anything else whose bytes can be read by position. */
export type ByteSource = { sizeBytes: number; read(offset: number, length: number): Promise<Uint8Array> }

export type Box = { type: string; body: DataView }

/** Where a box of the top level lies: the body starts at `bodyOffset` and has `bodyLength` bytes. */
export type BoxPlace = { type: string; bodyOffset: number; bodyLength: number }

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const fourCc = (view: DataView, offset: number) => {
  let type = ''
  for (let at = offset; at < offset + 4; at++) type += String.fromCharCode(view.getUint8(at))
  if (!/^[ -~]{4}$/.test(type)) throw new CmafError('it has no ISO BMFF boxes')
  return type
}

/** Reads a box header (ISO/IEC 14496-12 §4.2) of a view; `available` is what is left of the parent. */
function header(view: DataView, offset: number, available: number) {
  if (available < 8) throw new CmafError('it ends in the middle of a box')
  const type = fourCc(view, offset + 4)
  const short = view.getUint32(offset)
  if (short === 1 && available < 16) throw new CmafError(`it ends in the middle of a box (${type})`)
  const size = short === 1 ? Number(view.getBigUint64(offset + 8)) : short === 0 ? available : short
  const headerLength = short === 1 ? 16 : 8
  if (size < headerLength) throw new CmafError(`the size of its ${type} box is impossible`)
  if (size > available) throw new CmafError(`its ${type} box is longer than the file: it was cut off`)
  return { type, size, headerLength }
}

/** The boxes of the top level, without reading what is in them. @throws {CmafError} */
export async function* topLevelBoxes(source: ByteSource): AsyncGenerator<BoxPlace> {
  for (let offset = 0; offset < source.sizeBytes; ) {
    const available = source.sizeBytes - offset
    const { type, size, headerLength } = header(viewOf(await source.read(offset, Math.min(16, available))), 0, available)
    yield { type, bodyOffset: offset + headerLength, bodyLength: size - headerLength }
    offset += size
  }
}

/** Reads the body of a box of the top level. @throws {CmafError} when it is larger than `maxBytes` */
export async function readBody(source: ByteSource, place: BoxPlace, maxBytes: number): Promise<DataView> {
  if (place.bodyLength > maxBytes) throw new CmafError(`its ${place.type} box is too large`)
  return viewOf(await source.read(place.bodyOffset, place.bodyLength))
}

/** The boxes inside a body. @throws {CmafError} */
export function boxesIn(body: DataView, from = 0): Box[] {
  const boxes: Box[] = []
  for (let offset = from; offset < body.byteLength; ) {
    const { type, size, headerLength } = header(body, offset, body.byteLength - offset)
    boxes.push({ type, body: new DataView(body.buffer, body.byteOffset + offset + headerLength, size - headerLength) })
    offset += size
    if (boxes.length > 10_000) throw new CmafError('it has too many boxes')
  }
  return boxes
}

/** The first box of a type. @throws {CmafError} when there is none */
export function requireBox(boxes: Box[], type: string): DataView {
  const box = boxes.find((each) => each.type === type)
  if (!box) throw new CmafError(`it has no ${type} box`)
  return box.body
}
