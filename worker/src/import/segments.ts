import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { type BoxPlace, type ByteSource, CmafError, readBody, topLevelBoxes } from '@meanwhile/shared/media/boxes'
import { type Init, type Run, readInit, readMediaSegment, segmentDurationMs } from '@meanwhile/shared/media/cmaf'
import { fileBytes } from '../file-bytes.ts'
import { shownEarlier } from './edits.ts'

/** Where a segment lies in the converted file. */
export type Fragment = {
  number: number
  fromByte: number
  sizeBytes: number
  durationMs: number
  init: Init | null
  runs: Run[] | null
}

const maxMoovBytes = 1024 ** 2

const stretch = (source: ByteSource, from: number, sizeBytes: number): ByteSource => ({
  sizeBytes,
  read: (offset, length) => source.read(from + offset, length),
})

/** The boxes of a fragmented file as stretches: what is up to the end of each `moov` and of each `mdat`. */
async function* stretches(source: ByteSource) {
  let from = 0
  let head: BoxPlace | undefined
  for await (const box of topLevelBoxes(source)) {
    const end = box.bodyOffset + box.bodyLength
    if (box.type === 'moov' || box.type === 'moof') head = box
    if (!head || (box.type !== 'moov' && box.type !== 'mdat')) continue
    yield { from, sizeBytes: end - from, head }
    from = end
    head = undefined
  }
}

/** The segments of a converted file, the init segment first; `shifts` are its edits, see `shownEarlier`. */
export type Segments = { file: string; init: Init; shifts: Map<number, number>; fragments: Fragment[] }

/** Finds the fragments of a file that ffmpeg wrote: each is a segment. @throws {CmafError} when it is not what our own options make */
export async function segmentsOf(file: string): Promise<Segments> {
  const handle = await open(file)
  try {
    const source = await fileBytes(handle)
    const fragments: Fragment[] = []
    let init: Init | undefined
    let shifts = new Map<number, number>()
    for await (const { from, sizeBytes, head } of stretches(source)) {
      const place = { number: fragments.length, fromByte: from, sizeBytes }
      const segment = stretch(source, from, sizeBytes)
      if (head.type === 'moov') {
        init = await readInit(segment)
        shifts = shownEarlier(await readBody(source, head, maxMoovBytes))
        fragments.push({ ...place, durationMs: 0, init, runs: null })
        continue
      }
      if (!init) throw new CmafError('it has no moov box before its fragments')
      const { runs } = await readMediaSegment(segment)
      fragments.push({ ...place, durationMs: segmentDurationMs(init, { runs }), init: null, runs })
    }
    if (!init || fragments.length < 2) throw new CmafError('there is nothing in it')
    return { file, init, shifts, fragments }
  } finally {
    await handle.close()
  }
}

async function* bytesOfAll(file: string, fragments: Fragment[], onChunk: (chunk: Buffer) => void) {
  for (const { fromByte, sizeBytes } of fragments)
    for await (const chunk of createReadStream(file, { start: fromByte, end: fromByte + sizeBytes - 1 })) {
      onChunk(chunk as Buffer)
      yield chunk as Buffer
    }
}

/** Copies segments into one file. @returns its SHA-256 in hexadecimal */
export async function pieceOf(file: string, fragments: Fragment[], target: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(
    bytesOfAll(file, fragments, (chunk) => hash.update(chunk)),
    createWriteStream(target, { mode: 0o600 }),
  )
  return hash.digest('hex')
}
