import { type ByteSource, CmafError, topLevelBoxes } from '@meanwhile/shared/media/boxes'
import { readInit, readMediaSegment, spanOf } from '@meanwhile/shared/media/cmaf'
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

/**
 * The index of a fragmented MP4 for a playlist of byte ranges, and its codecs (RFC 6381). A segment lasts until the next one is shown, which
 * is not the sum of its samples where frames are reordered; the last one lasts until `durationMs`, the length of the file. @throws {CmafError}
 */
export async function indexFragments(source: ByteSource, durationMs: number): Promise<{ index: ByteRangeIndex; codecs: string }> {
  const { initBytes, fragments } = await stretches(source)
  const init = await readInit(stretch(source, 0, initBytes))
  const spans: { startMs: number; durationMs: number }[] = []
  for (const [from, sizeBytes] of fragments) {
    const span = spanOf(init, await readMediaSegment(stretch(source, from, sizeBytes)), 'video')
    if (!span) throw new CmafError('a fragment has no picture')
    spans.push(span)
  }
  const endMs = (spans[0]?.startMs ?? 0) + durationMs
  const segments = spans.map((span, number): ByteRangeIndex['segments'][number] => {
    const [from, sizeBytes] = fragments[number] ?? [0, 0]
    const next = spans[number + 1]?.startMs ?? Math.max(endMs, span.startMs + span.durationMs)
    if (next <= span.startMs) throw new CmafError('its fragments are out of order')
    return [from, sizeBytes, next - span.startMs]
  })
  return { index: { init: [0, initBytes], segments }, codecs: init.tracks.map(({ codec }) => codec).join(',') }
}
