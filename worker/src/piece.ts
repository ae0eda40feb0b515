import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { type ByteSource, topLevelBoxes } from '@meanwhile/shared/media/boxes'
import { CmafError, type Init, type InitTrack, readInit, readMediaSegment, spanOf } from '@meanwhile/shared/media/cmaf'
import { StageFailure } from './failure.ts'
import { fileBytes } from './file-bytes.ts'
import { partsOf, type Stretch } from './ledger.ts'
import { assemble } from './source.ts'
import type { Work } from './stages/stage.ts'

/** One media segment behind its init segment: a file that can be read alone. @returns its path */
export async function pieceOf({ dir, storage, videoId, signal }: Work, { init, parts }: Stretch, index: number): Promise<string> {
  const part = parts.at(index)
  if (!part) throw new StageFailure('A part of the recording never arrived.', { isFinal: true })
  const file = join(dir, `${part.track}-${part.number}.mp4`)
  await assemble(storage, videoId, partsOf({ init, parts: [part] }), file, signal)
  return file
}

/** What the boxes of a piece say: how it is coded, and how long the samples of each kind last in it, in ms. */
export type PieceBoxes = { tracks: InitTrack[]; lengthMs: Record<'video' | 'audio', number> }

/** Where the init segment at the head of a file ends. @throws {CmafError} when there is none */
export async function initEnd(source: ByteSource): Promise<number> {
  for await (const { type, bodyOffset, bodyLength } of topLevelBoxes(source)) if (type === 'moov') return bodyOffset + bodyLength
  throw new CmafError('it has no init segment')
}

const stretchOf = (source: ByteSource, from: number, to: number): ByteSource => ({
  sizeBytes: to - from,
  read: (offset, length) => source.read(from + offset, length),
})

/** Reads a file that is an init segment with media behind it. @throws {CmafError} */
export async function readFragmented(
  source: ByteSource,
): Promise<{ init: Init; initBytes: number; media: Awaited<ReturnType<typeof readMediaSegment>> }> {
  const initBytes = await initEnd(source)
  const init = await readInit(stretchOf(source, 0, initBytes))
  return { init, initBytes, media: await readMediaSegment(stretchOf(source, initBytes, source.sizeBytes)) }
}

/** ffprobe does not know how long the last samples of a piece last; their boxes do. @throws {StageFailure} when they are damaged */
export async function boxesOfPiece(file: string): Promise<PieceBoxes> {
  const handle = await open(file)
  try {
    const { init, media } = await readFragmented(await fileBytes(handle))
    const lengthOf = (kind: 'video' | 'audio') => spanOf(init, media, kind)?.durationMs ?? 0
    return { tracks: init.tracks, lengthMs: { video: lengthOf('video'), audio: lengthOf('audio') } }
  } catch (error) {
    if (!(error instanceof CmafError)) throw error
    throw new StageFailure(`The recording is damaged at its end: ${error.message}.`, { isFinal: true })
  } finally {
    await handle.close()
  }
}
