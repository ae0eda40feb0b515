import { AudioSampleSource, VideoSampleSource } from 'mediabunny'
import { within } from './channel.ts'
import type { Order, Report } from './encoder-messages.ts'
import { mediaClock } from './media-clock.ts'
import { onGrid } from './picture.ts'
import { pictureInput } from './picture-input.ts'
import { RecordingError } from './recording-problem.ts'
import { recordedSize, segmentSeconds } from './segment.ts'
import { openSegmentOutput } from './segment-output.ts'
import { soundInput } from './sound-input.ts'
import { watchdog } from './watchdog.ts'

type Open = Extract<Order, { type: 'open' }>
const tickMs = 50
const firstFrameLimitMs = 10_000

/** Reads the tracks, keeps the picture ticking and reports segments. Moments are of the worker's `performance.now()`. */
export async function openEncoding({ video, audio }: Open, report: (message: Report) => void) {
  const clock = mediaClock()
  const pictures = pictureInput(video, clock, fail)
  const { frame, fits } = await within(firstFrameLimitMs, pictures.first, () => new RecordingError('no-picture'))
  const sounds = audio ? soundInput(audio, clock, fail) : null
  const dog = watchdog(3 * segmentSeconds * 1000)
  let failed = false
  let stalled = false

  function fail(error: unknown) {
    if (!failed) report({ type: 'failed', problem: 'encoder-failed', reason: String(error) })
    failed = true
  }
  const output = await openSegmentOutput({
    ...recordedSize(frame.width, frame.height),
    scale: !fits,
    makeVideo: (config) => pictures.connect(new VideoSampleSource(config)),
    makeAudio: sounds ? (config) => sounds.connect(new AudioSampleSource(config)) : undefined,
    emit(segment) {
      dog.feed(performance.now())
      report({ type: 'segment', segment })
    },
  })
  sounds?.delayBy(output.primingMs)

  function tick() {
    if (!clock.running) return
    const nowMs = clock.at(performance.now())
    pictures.tick(nowMs)
    sounds?.tick(nowMs)
    const health = dog.check(performance.now())
    if (health === 'nudge') pictures.force(nowMs)
    if ((health === 'stalled') !== stalled) {
      stalled = health === 'stalled'
      report({ type: 'stalled', stalled })
    }
  }
  const timer = setInterval(tick, tickMs)
  const openedAt = performance.now()

  /** The media time at which it halts. */
  function halt(at: number): number {
    const wasRunning = clock.running
    clock.pause(at)
    const endMs = clock.at(at)
    if (wasRunning) pictures.end(endMs)
    return endMs
  }
  function run(atMs: number) {
    pictures.begin(atMs)
    sounds?.begin()
    dog.feed(performance.now())
  }
  return {
    /** The picture begins with the frame that is there: what was asked for while there was none begins now. */
    start(at: number) {
      const from = Math.max(at, openedAt)
      clock.start(from)
      run(0)
      report({ type: 'started', recordedMs: performance.now() - from })
    },
    pause(at: number) {
      halt(at)
    },
    resume(at: number) {
      clock.resume(at)
      run(clock.at(at))
    },
    async stop(at: number) {
      clearInterval(timer)
      const endMs = onGrid(halt(at))
      sounds?.end(endMs)
      pictures.close()
      sounds?.close()
      await Promise.all([pictures.written(), sounds?.written()])
      await output.finish()
      report({ type: 'stopped' })
    },
  }
}
