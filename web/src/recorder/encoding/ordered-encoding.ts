import { channel, deferred } from '../channel.ts'
import { RecordingError } from '../recording-problem.ts'
import type { Segment } from '../segment.ts'
import type { EncoderOptions, EncoderTracks, Encoding } from './encoder.ts'
import type { EncoderStreams, Order, Report } from './encoder-messages.ts'

type Streams = {
  frames(track: MediaStreamTrack): ReadableStream<VideoFrame>
  sound(track: MediaStreamTrack): ReadableStream<AudioData>
}
/** Where the encoder is, and how tracks are read for it. */
export type Place = Streams & {
  send(order: Order): void
  /** Ends everything there. */
  close(): void
}

/** An encoder that takes orders and reports elsewhere, as seen by who records. `report` takes its reports, `fail` its sudden end. */
export function orderedEncoding(tracks: EncoderTracks, { quality, content, onStalled, onTrouble }: EncoderOptions) {
  const segments = channel<Segment>()
  const started = deferred<number>()
  const stopped = deferred()
  started.promise.catch(() => undefined)
  let place: Place | undefined

  function end(error?: RecordingError) {
    place?.close()
    segments.end(error)
    if (error) started.reject(error)
    stopped.resolve()
  }
  const now = () => performance.timeOrigin + performance.now()
  const order = (type: 'start' | 'pause' | 'resume' | 'stop') => place?.send({ type, at: now() })

  return {
    fail: (reason: unknown) => end(new RecordingError('encoder-failed', { cause: reason })),
    report(report: Report) {
      if (report.type === 'segment') segments.push(report.segment)
      else if (report.type === 'stalled') onStalled(report.stalled)
      else if (report.type === 'trouble') onTrouble(report.problem)
      else if (report.type === 'started') started.resolve(now() - report.at)
      else if (report.type === 'failed') end(new RecordingError(report.problem, { cause: report.reason }))
      else end()
    },
    open(at: Place): Encoding {
      place = at
      place.send({ type: 'open', quality, content, ...streamsOf(tracks, place) })
      return {
        segments: segments.items,
        start() {
          order('start')
          return started.promise
        },
        pause: () => order('pause'),
        resume: () => order('resume'),
        stop() {
          order('stop')
          return stopped.promise
        },
        cancel: () => end(),
        setPrivate: (on) => at.send({ type: 'private', on }),
        replacePicture: (track) => at.send({ type: 'replace', picture: at.frames(track) }),
        draw: (strokes) => at.send({ type: 'draw', strokes }),
      }
    },
  }
}

const streamsOf = ({ picture, camera, sound }: EncoderTracks, place: Streams): EncoderStreams => ({
  picture: picture && place.frames(picture),
  camera: camera && place.frames(camera),
  sound: sound && place.sound(sound),
})
