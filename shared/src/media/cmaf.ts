import { type Box, type ByteSource, boxesIn, CmafError, readBody, requireBox, topLevelBoxes } from './boxes.ts'
import { codecOf, type SampleEntry } from './sample-entry.ts'

export { CmafError } from './boxes.ts'

/** One track of an init segment. `timescale` is in ticks a second. */
export type InitTrack = SampleEntry & { trackId: number; kind: 'video' | 'audio'; timescale: number; defaultSampleTicks: number }

/**
 * What an init segment says. `sizeBytes` is there of a filled part alone, which is one object with its init segment and its media behind
 * it (`moov`, `moof`, `mdat`): so many bytes of it are the init segment. It describes that part only; for what follows the init segment
 * from before counts again. So any missing number can be filled, also a single one, and any filled one can be replaced.
 */
export type Init = { tracks: InitTrack[]; sizeBytes?: number }

/**
 * The samples of one track in one fragment. Samples without a duration of their own have the track's default; `offsetTicks` is how much
 * later than `startTicks`, when it is decoded, the first sample is shown.
 */
export type Run = { trackId: number; startTicks: number; offsetTicks: number; explicitTicks: number; defaultSamples: number }
export type MediaSegment = { runs: Run[] }

const maxMoovBytes = 1024 * 1024
const maxMoofBytes = 4 * 1024 * 1024
const dayMs = 24 * 3600 * 1000
const besideMedia = new Set(['styp', 'sidx', 'ssix', 'emsg', 'prft', 'free', 'skip', 'uuid'])
const besideInit = new Set(['ftyp', 'styp', 'free', 'skip', 'uuid', 'udta', 'meta'])

/** Runs `read`, and turns a read past the end of a box into a sentence. */
function parsing<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw new CmafError(`its ${what} box is damaged`)
    throw error
  }
}

function readTrack(trak: Box, defaults: Map<number, number>): InitTrack | null {
  const boxes = boxesIn(trak.body)
  const tkhd = requireBox(boxes, 'tkhd')
  const trackId = tkhd.getUint32(tkhd.getUint8(0) === 1 ? 20 : 12)
  const mdia = boxesIn(requireBox(boxes, 'mdia'))
  const mdhd = requireBox(mdia, 'mdhd')
  const timescale = mdhd.getUint32(mdhd.getUint8(0) === 1 ? 20 : 12)
  if (timescale === 0) throw new CmafError('its timescale is zero')
  const handler = requireBox(mdia, 'hdlr').getUint32(8)
  const kind = handler === 0x76696465 ? 'video' : handler === 0x736f756e ? 'audio' : null
  if (!kind) return null
  const stsd = requireBox(boxesIn(requireBox(boxesIn(requireBox(mdia, 'minf')), 'stbl')), 'stsd')
  const [entry] = boxesIn(stsd, 8)
  if (!entry) throw new CmafError('it does not say how its samples are coded')
  return { trackId, kind, timescale, defaultSampleTicks: defaults.get(trackId) ?? 0, ...codecOf(entry, kind) }
}

function readMoov(moov: DataView): Init {
  const boxes = boxesIn(moov)
  const defaults = new Map(
    boxesIn(requireBox(boxes, 'mvex'))
      .filter(({ type }) => type === 'trex')
      .map(({ body }) => [body.getUint32(4), body.getUint32(12)]),
  )
  const tracks = boxes.filter(({ type }) => type === 'trak').flatMap((trak) => readTrack(trak, defaults) ?? [])
  if (tracks.length === 0) throw new CmafError('it has neither picture nor sound')
  if (tracks.filter(({ kind }) => kind === 'video').length > 1 || tracks.length > 2)
    throw new CmafError('it has more than one picture and one sound')
  return { tracks }
}

/** Reads an init segment: `ftyp` and a `moov` without samples (ISO/IEC 23000-19 §7.3.1). @throws {CmafError} */
export async function readInit(source: ByteSource): Promise<Init> {
  let init: Init | undefined
  for await (const place of topLevelBoxes(source)) {
    if (place.type === 'moov' && !init) {
      const moov = await readBody(source, place, maxMoovBytes)
      init = parsing('moov', () => readMoov(moov))
    } else if (!besideInit.has(place.type)) throw new CmafError(`an init segment has no ${place.type} box there`)
  }
  if (!init) throw new CmafError('it is not an init segment: it has no moov box')
  return init
}

/** Which of the two kinds of segment it is, by the boxes that it begins with. @throws {CmafError} when it has no boxes at all */
export async function isInitSegment(source: ByteSource): Promise<boolean> {
  for await (const { type } of topLevelBoxes(source)) if (type === 'moov' || type === 'moof') return type === 'moov'
  return false
}

/** `tfhd` (ISO/IEC 14496-12 §8.8.7): the track, and the duration of samples that have none of their own. */
function readTfhd(tfhd: DataView) {
  const flags = tfhd.getUint32(0) & 0xffffff
  const skipped = (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0)
  return { trackId: tfhd.getUint32(4), sampleTicks: flags & 0x8 ? tfhd.getUint32(8 + skipped) : null }
}

/** `trun` (§8.8.8): how many samples, the sum of the durations that it states, and the composition offset of the first. */
function readTrun(trun: DataView) {
  const flags = trun.getUint32(0) & 0xffffff
  const count = trun.getUint32(4)
  const start = 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0)
  const sampleLength = [0x100, 0x200, 0x400, 0x800].reduce((length, flag) => length + (flags & flag ? 4 : 0), 0)
  if (start + count * sampleLength > trun.byteLength || count > 1_000_000) throw new CmafError('its trun box is damaged')
  // The offset is the last of a sample's fields; without the sign of version 1 it is never that large.
  const offsetTicks = flags & 0x800 && count > 0 ? trun.getInt32(start + sampleLength - 4) : 0
  if (!(flags & 0x100)) return { count, ticks: null, offsetTicks }
  let ticks = 0
  for (let sample = 0; sample < count; sample++) ticks += trun.getUint32(start + sample * sampleLength)
  return { count, ticks, offsetTicks }
}

function readTraf(traf: Box): Run {
  const boxes = boxesIn(traf.body)
  const { trackId, sampleTicks } = readTfhd(requireBox(boxes, 'tfhd'))
  const tfdt = requireBox(boxes, 'tfdt')
  const startTicks = tfdt.getUint8(0) === 1 ? Number(tfdt.getBigUint64(4)) : tfdt.getUint32(4)
  if (!Number.isSafeInteger(startTicks)) throw new CmafError('its start time is impossible')
  const truns = boxes.filter(({ type }) => type === 'trun').map(({ body }) => readTrun(body))
  const run = { trackId, startTicks, offsetTicks: truns[0]?.offsetTicks ?? 0, explicitTicks: 0, defaultSamples: 0 }
  for (const { count, ticks } of truns) {
    if (ticks !== null) run.explicitTicks += ticks
    else if (sampleTicks !== null) run.explicitTicks += count * sampleTicks
    else run.defaultSamples += count
  }
  return run
}

/** Reads a media segment: one or more `moof` and `mdat` pairs (ISO/IEC 23000-19 §7.3.2). @throws {CmafError} */
export async function readMediaSegment(source: ByteSource): Promise<MediaSegment> {
  const runs: Run[] = []
  let awaitsData = false
  for await (const place of topLevelBoxes(source)) {
    if (place.type === 'moof') {
      if (awaitsData) throw new CmafError('a fragment has no mdat box')
      const moof = await readBody(source, place, maxMoofBytes)
      runs.push(
        ...parsing('moof', () =>
          boxesIn(moof)
            .filter(({ type }) => type === 'traf')
            .map(readTraf),
        ),
      )
      awaitsData = true
    } else if (place.type === 'mdat') awaitsData = false
    else if (!besideMedia.has(place.type)) throw new CmafError(`a media segment has no ${place.type} box there`)
  }
  if (runs.length === 0) throw new CmafError('it is not a media segment: it has no moof box')
  if (awaitsData) throw new CmafError('a fragment has no mdat box')
  return { runs }
}

const msOf = (ticks: number, { timescale }: InitTrack) => (ticks / timescale) * 1000

const lengthMs = (runs: Run[], track: InitTrack) =>
  runs.reduce((sum, run) => sum + msOf(run.explicitTicks + run.defaultSamples * track.defaultSampleTicks, track), 0)

/** When the first sample of a kind is shown, and how long all of them last, in ms; null when the segment has none. */
export function spanOf(
  init: Init,
  segment: MediaSegment,
  kind: InitTrack['kind'],
): { startMs: number; durationMs: number } | null {
  const track = init.tracks.find((each) => each.kind === kind)
  const runs = segment.runs.filter(({ trackId }) => trackId === track?.trackId)
  const [first] = runs
  return track && first ? { startMs: msOf(first.startTicks + first.offsetTicks, track), durationMs: lengthMs(runs, track) } : null
}

/**
 * Length of a media segment in ms, from its own boxes: that of its picture, or of its sound where it has none.
 * @throws {CmafError} when it does not belong to the init segment, or starts after 24 hours
 */
export function segmentDurationMs(init: Init, segment: MediaSegment): number {
  for (const { trackId, startTicks } of segment.runs) {
    const track = init.tracks.find((each) => each.trackId === trackId)
    if (!track) throw new CmafError(`its track ${trackId} is not in the init segment`)
    if (msOf(startTicks, track) > dayMs) throw new CmafError('its start time is later than 24 hours')
  }
  return (spanOf(init, segment, 'video') ?? spanOf(init, segment, 'audio'))?.durationMs ?? 0
}
