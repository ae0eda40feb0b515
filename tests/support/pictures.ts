import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

const size = { width: 600, height: 300 }

/** The left half red, the right half blue, so that one sees which way up it is. */
export const twoHalves = (left = '#ff0000', right = '#0000ff') =>
  sharp({ create: { ...size, channels: 3, background: left } }).composite([
    { input: { create: { width: 300, height: 300, channels: 3, background: right } }, left: 300, top: 0 },
  ])

/** As a phone takes it: turned by a quarter, and with the place where it was. */
export const asPhone = () =>
  twoHalves()
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'Telephone' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 0/1' },
    })
    .jpeg()
    .toBuffer()

/** One chunk of a PNG. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/** A PNG of one grey, however large it says it is: valid, and small as a file. */
export function plainPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0], 8)
  const pixels = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height))
  return Buffer.concat([signature, pngChunk('IHDR', header), pngChunk('IDAT', pixels), pngChunk('IEND', Buffer.alloc(0))])
}

/** The same PNG with the chunk that says that it moves. */
export function asApng(png: Buffer): Buffer {
  const frames = Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])
  return Buffer.concat([png.subarray(0, 33), pngChunk('acTL', frames), png.subarray(33)])
}

const frame = (background: string) =>
  sharp({ create: { width: 64, height: 64, channels: 3, background } })
    .png()
    .toBuffer()

export const movingWebp = async () =>
  sharp([await frame('#ff0000'), await frame('#0000ff')], { join: { animated: true } })
    .webp({ loop: 0, delay: [100, 100] })
    .toBuffer()
