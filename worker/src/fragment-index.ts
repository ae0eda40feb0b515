import { type ByteSource, CmafError, topLevelBoxes } from '@meanwhile/shared/media/boxes'
import { readInit, readMediaSegment, segmentDurationMs } from '@meanwhile/shared/media/cmaf'
import type { ByteRangeIndex } from '@meanwhile/shared/media/playlist'

const stretch = (source: ByteSource, from: number, sizeBytes: number): ByteSource => ({
  sizeBytes,
  read: (offset, length) => source.read(from + offset, length),
})

/** What stands behind the last fragment and belongs to none. */
const trailer = new Set(['mfra', 'free', 'skip'])

/** Where the init segment and the fragments of a fragmented MP4 lie, each with all that is before its `moof`. @throws {CmafError} */
async function stretches(source: ByteSource): Promise<{ initBytes: number; fragments: [from: number, sizeBytes: number][] }> {
  const fragments: [number, number][] = []
  let [from, initBytes] = [0, 0]
  for await (const { type, bodyOffset, bodyLength } of topLevelBoxes(source)) {
    const end = bodyOffset + bodyLength
    if (type === 'moov') [initBytes, from] = [end, end]
    if (type === 'mdat') {
      fragments.push([from, end - from])
      from = end
    } else if (trailer.has(type)) from = end
  }
  if (initBytes === 0 || fragments.length === 0) throw new CmafError('it has no fragments')
  return { initBytes, fragments }
}

/** The index of a fragmented MP4 for a playlist of byte ranges, and its codecs (RFC 6381). @throws {CmafError} */
export async function indexFragments(source: ByteSource): Promise<{ index: ByteRangeIndex; codecs: string }> {
  const { initBytes, fragments } = await stretches(source)
  const init = await readInit(stretch(source, 0, initBytes))
  const segments: ByteRangeIndex['segments'] = []
  for (const [from, sizeBytes] of fragments) {
    const segment = await readMediaSegment(stretch(source, from, sizeBytes))
    segments.push([from, sizeBytes, segmentDurationMs(init, segment)])
  }
  return { index: { init: [0, initBytes], segments }, codecs: init.tracks.map(({ codec }) => codec).join(',') }
}
