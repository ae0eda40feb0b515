import { MediaStreamAudioTrackSource, MediaStreamVideoTrackSource } from 'mediabunny'
import { channel } from './channel.ts'
import type { EncoderOptions, EncoderTracks, Encoding } from './encoder.ts'
import { RecordingError } from './recording-problem.ts'
import { framesPerSecond, recordedSize, type Segment, segmentSeconds } from './segment.ts'
import { openSegmentOutput, type SegmentOutput } from './segment-output.ts'
import { watchdog } from './watchdog.ts'

/** For browsers whose tracks cannot be read in a worker: mediabunny samples them, repeating a picture that stands still. */
export function encodeInPage({ picture, sound: audio }: EncoderTracks, { onStalled }: EncoderOptions): Encoding {
  const video = picture!
  const segments = channel<Segment>()
  const sources: (MediaStreamVideoTrackSource | MediaStreamAudioTrackSource)[] = []
  const dog = watchdog(3 * segmentSeconds * 1000)
  let output: SegmentOutput | undefined
  let stopping = false
  let timer: ReturnType<typeof setInterval> | undefined

  function connect<S extends MediaStreamVideoTrackSource | MediaStreamAudioTrackSource>(source: S): S {
    source.errorPromise.catch((error) => {
      // A frame that comes while the output is being finished is refused with an error: it came too late, that is all.
      if (!stopping) segments.end(new RecordingError('encoder-failed', { cause: error }))
    })
    sources.push(source)
    return source
  }
  function check() {
    if (!sources[0]?.paused) onStalled(dog.check(performance.now()) === 'stalled')
  }
  async function start() {
    const frame = await firstSize(video)
    const size = recordedSize(frame.width, frame.height)
    output = await openSegmentOutput({
      ...size,
      scale: size.width !== frame.width || size.height !== frame.height,
      makeVideo: (config) => connect(new MediaStreamVideoTrackSource(video as never, config, { frameRate: framesPerSecond })),
      makeAudio: audio ? (config) => connect(new MediaStreamAudioTrackSource(audio as never, config)) : undefined,
      emit(segment) {
        dog.feed(performance.now())
        segments.push(segment)
      },
    })
    dog.feed(performance.now())
    timer = setInterval(check, 1000)
    return 0
  }
  return {
    segments: segments.items,
    start,
    pause() {
      for (const source of sources) source.pause()
    },
    resume() {
      dog.feed(performance.now())
      for (const source of sources) source.resume()
    },
    async stop() {
      stopping = true
      clearInterval(timer)
      const finished = output?.finish()
      output = undefined
      await finished?.finally(() => segments.end())
    },
    cancel() {
      clearInterval(timer)
      segments.end()
      void output?.cancel()
    },
    setPrivate() {},
    replacePicture() {},
    draw() {},
  }
}

/** The size of a track as it arrives: its settings may not be known yet. */
async function firstSize(track: MediaStreamTrack): Promise<{ width: number; height: number }> {
  const element = document.createElement('video')
  element.muted = true
  element.srcObject = new MediaStream([track])
  await element.play().catch((error) => {
    throw new RecordingError('no-picture', { cause: error })
  })
  const size = { width: element.videoWidth, height: element.videoHeight }
  element.srcObject = null
  if (size.width === 0) throw new RecordingError('no-picture')
  return size
}
