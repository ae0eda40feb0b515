/** What the first bytes of a picture say of it. */
export type PictureHeader = { kind: 'png' | 'jpeg' | 'webp'; width: number; height: number; isAnimated: boolean }

const textAt = (bytes: Buffer, offset: number, length = 4) => bytes.toString('latin1', offset, offset + length)

/** The chunks of a PNG up to the first with pixels (https://www.w3.org/TR/png-3/). `acTL` says that it moves. */
function pngHeader(bytes: Buffer): PictureHeader | null {
  if (bytes.readUInt32BE(8) !== 13 || textAt(bytes, 12) !== 'IHDR') return null
  const size = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  let offset = 8
  for (;;) {
    const type = textAt(bytes, offset + 4)
    if (type === 'acTL' || type === 'IDAT') return { kind: 'png', ...size, isAnimated: type === 'acTL' }
    offset += 12 + bytes.readUInt32BE(offset)
  }
}

/** SOF0 to SOF15, but not DHT, JPG and DAC, which lie between them (ITU-T T.81, table B.1). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** The segments of a JPEG up to the frame. */
function jpegHeader(bytes: Buffer): PictureHeader | null {
  let offset = 2
  for (;;) {
    if (bytes.readUInt8(offset) !== 0xff) return null
    const marker = bytes.readUInt8(offset + 1)
    // Any number of these may stand before a marker.
    if (marker === 0xff) offset += 1
    else if (isFrame(marker))
      return { kind: 'jpeg', height: bytes.readUInt16BE(offset + 5), width: bytes.readUInt16BE(offset + 7), isAnimated: false }
    // Pixels, or the end.
    else if (marker === 0xda || marker === 0xd9) return null
    else offset += 2 + bytes.readUInt16BE(offset + 2)
  }
}

/** The first chunk of a WebP (RFC 9649): extended, lossless or plain. */
function webpHeader(bytes: Buffer): PictureHeader | null {
  const still = { kind: 'webp', isAnimated: false } as const
  switch (textAt(bytes, 12)) {
    case 'VP8X': {
      const size = { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
      return { ...still, ...size, isAnimated: (bytes.readUInt8(20) & 0b10) !== 0 }
    }
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return bytes.readUInt8(20) === 0x2f ? { ...still, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 } : null
    }
    case 'VP8 ':
      if (bytes.readUIntBE(23, 3) !== 0x9d012a) return null
      return { ...still, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    default:
      return null
  }
}

/** Reads what kind of picture it is and how large, without decoding it; null for everything that is none of these three. */
export function pictureHeader(bytes: Buffer): PictureHeader | null {
  try {
    if (bytes.readUInt32BE(0) === 0x89504e47 && bytes.readUInt32BE(4) === 0x0d0a1a0a) return pngHeader(bytes)
    if (bytes.readUIntBE(0, 3) === 0xffd8ff) return jpegHeader(bytes)
    if (textAt(bytes, 0) === 'RIFF' && textAt(bytes, 8) === 'WEBP') return webpHeader(bytes)
    return null
  } catch (error) {
    // It ends before that.
    if (error instanceof RangeError) return null
    throw error
  }
}
