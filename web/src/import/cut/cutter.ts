import { type Init, readInit, readMediaSegment, segmentDurationMs } from '@meanwhile/shared/media/cmaf'
import { BufferTarget, CmafOutputFormat, HlsOutputFormat, NullTarget, Output, PathedTarget, type Target } from 'mediabunny'
import { type Segment, segmentSeconds } from '../../recorder/segment.ts'
import { addTracks, type Feed } from './feeds.ts'
import type { CutPlan } from './inspect.ts'
import { retimer } from './retime.ts'

type Bytes = Uint8Array<ArrayBuffer>

function bytesOf(target: Target): Bytes {
  if (!(target instanceof BufferTarget) || !target.buffer) throw new Error('a segment has no bytes')
  return new Uint8Array(target.buffer)
}
const source = (bytes: Bytes) => ({
  sizeBytes: bytes.length,
  read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
})

/** A segment, measured by its own boxes as the server does it. */
async function measured(number: number, bytes: Bytes, init: Init | null): Promise<Segment> {
  if (init) return { track: 'main', number, bytes, durationMs: segmentDurationMs(init, await readMediaSegment(source(bytes))) }
  const { tracks } = await readInit(source(bytes))
  const picture = tracks.find(({ kind }) => kind === 'video')
  const size = picture?.width && picture.height ? { width: picture.width, height: picture.height } : {}
  return { track: 'main', number, bytes, durationMs: 0, codecs: tracks.map(({ codec }) => codec).join(','), ...size }
}

const earliest = (feeds: Feed[]) => feeds.reduce((first, each) => (each.at < first.at ? each : first))

/**
 * Cuts a file into CMAF segments, the init segment first. Each is made when it is asked for, so that hardly more than one is in memory;
 * the same file gives the same bytes every time.
 */
export async function* cutSegments(plan: CutPlan): AsyncGenerator<Segment, void, void> {
  const ready: { number: number; bytes: Bytes }[] = []
  const format = new HlsOutputFormat({
    segmentFormat: new CmafOutputFormat(),
    targetDuration: segmentSeconds,
    live: true,
    maxLiveSegmentCount: 1,
    onInit: (target) => ready.push({ number: 0, bytes: bytesOf(target) }),
    onSegment: (target, { n }) => ready.push({ number: n, bytes: bytesOf(target) }),
  })
  const makeTarget = ({ path }: { path: string }): Target => (path.endsWith('.m3u8') ? new NullTarget() : new BufferTarget())
  const output = new Output({ format, target: new PathedTarget('main.m3u8', makeTarget) })
  const openers = await addTracks(output, plan)
  await output.start()
  // In whole milliseconds, in which the server takes it out again.
  const retime = retimer(Math.ceil((plan.picture?.scan.delay ?? 0) * 1000 - 0.001) / 1000)
  let init: Init | null = null

  async function* taken() {
    for (let next = ready.shift(); next; next = ready.shift()) {
      await retime(next.bytes, next.number === 0)
      const segment = await measured(next.number, next.bytes, init)
      init ??= await readInit(source(next.bytes))
      yield segment
    }
  }
  try {
    const feeds = await Promise.all(openers.map((open) => open()))
    while (Number.isFinite(earliest(feeds).at)) {
      await earliest(feeds).push()
      yield* taken()
    }
    for (const each of feeds) each.close()
    await output.finalize()
    yield* taken()
  } finally {
    if (output.state === 'started') await output.cancel()
  }
}
