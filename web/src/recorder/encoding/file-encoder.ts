import { channel, deferred, within } from '../channel.ts'
import { RecordingError } from '../recording-problem.ts'
import { bitsPerSecond, recordedSize, type Segment, segmentSeconds, sizeOf } from '../segment.ts'
import { ticker } from '../ticker.ts'
import type { EncoderOptions, EncoderTracks, Encoding } from './encoder.ts'
import type { Every } from './encoding.ts'
import { mediaClock } from './media-clock.ts'
import { watchdog } from './watchdog.ts'

const stopLimitMs = 5000
const soundBitsPerSecond = 128_000
const formats = {
  video: ['video/mp4;codecs=avc1.640028,mp4a.40.2', 'video/mp4', 'video/webm;codecs=vp9,opus', 'video/webm'],
  audio: ['audio/mp4', 'audio/webm;codecs=opus', 'audio/webm', 'audio/ogg'],
}

/**
 * For browsers without WebCodecs: the parts of one file as `MediaRecorder` writes it, which the worker cuts into segments. What is shared
 * cannot be changed or drawn upon, and there is no camera beside it.
 */
export function encodeAsFile(
  { picture, sound }: EncoderTracks,
  { quality, content, onStalled, onTrouble }: EncoderOptions,
  every: Every = ticker,
): Encoding {
  const segments = channel<Segment>()
  const tracks = [picture, sound].filter((track) => track !== null)
  const { width = sizeOf(quality).width, height = sizeOf(quality).height } = picture?.getSettings() ?? {}
  const mimeType = formats[picture ? 'video' : 'audio'].find((type) => MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(new MediaStream(tracks), {
    ...(mimeType ? { mimeType } : {}),
    videoBitsPerSecond: bitsPerSecond(recordedSize(width, height, quality), content),
    audioBitsPerSecond: soundBitsPerSecond,
    // Newer than the types: key frames where the parts should begin.
    ...{ videoKeyFrameIntervalDuration: segmentSeconds * 1000 },
  })
  const started = deferred<number>()
  const stopped = deferred()
  const clock = mediaClock()
  const dog = watchdog(3 * segmentSeconds * 1000)
  let number = 0
  let writtenMs = 0
  let written = Promise.resolve()
  let stalled = false
  let stopTicking = () => {}

  async function write(blob: Blob, durationMs: number) {
    const bytes = new Uint8Array(await blob.arrayBuffer())
    segments.push({ track: 'file', number: ++number, bytes, durationMs, type: blob.type })
  }
  recorder.addEventListener('dataavailable', ({ data }) => {
    if (data.size === 0) return
    const now = performance.now()
    dog.feed(now)
    const durationMs = Math.round(clock.at(now) - writtenMs)
    writtenMs += durationMs
    written = written.then(() => write(data, durationMs))
  })
  /** A picture that stands still gives no frames: what is held back meanwhile is asked for, and that nothing comes is said. */
  function tick() {
    if (recorder.state !== 'recording') return
    const health = dog.check(performance.now())
    if (health === 'nudge') recorder.requestData()
    if ((health === 'stalled') === stalled) return
    stalled = !stalled
    onStalled(stalled)
  }
  function end(error?: RecordingError) {
    stopTicking()
    void written.then(() => segments.end(error))
    if (error) started.reject(error)
    void written.then(() => stopped.resolve())
  }
  recorder.addEventListener('start', () => started.resolve(0))
  recorder.addEventListener('error', (event) => end(new RecordingError('encoder-failed', { cause: event })))
  recorder.addEventListener('stop', () => end())
  const fixed = () => onTrouble('picture-fixed')

  return {
    segments: segments.items,
    start() {
      clock.start(performance.now())
      recorder.start(segmentSeconds * 1000)
      stopTicking = every(segmentSeconds * 1000, tick)
      return started.promise
    },
    pause() {
      clock.pause(performance.now())
      if (recorder.state === 'recording') recorder.pause()
    },
    resume() {
      clock.resume(performance.now())
      dog.feed(performance.now())
      if (recorder.state === 'paused') recorder.resume()
    },
    async stop() {
      clock.pause(performance.now())
      if (recorder.state !== 'inactive') recorder.stop()
      await within(stopLimitMs, stopped.promise, () => new RecordingError('encoder-failed')).catch(() => segments.end())
    },
    cancel() {
      stopTicking()
      segments.end()
      if (recorder.state !== 'inactive') recorder.stop()
    },
    /** A track that is switched off is black, or silent. */
    setPrivate(on) {
      for (const track of tracks) track.enabled = !on
    },
    replacePicture: fixed,
    draw(strokes) {
      if (strokes.length > 0) fixed()
    },
  }
}
