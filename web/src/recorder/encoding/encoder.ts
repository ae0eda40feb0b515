import { hasCodecs } from '../capture/capture-problem.ts'
import type { ProblemName } from '../recording-problem.ts'
import type { Content, Quality, Segment } from '../segment.ts'

/** Without a picture only sound is recorded. The camera becomes a track of its own. */
export type EncoderTracks = { picture: MediaStreamTrack | null; camera: MediaStreamTrack | null; sound: MediaStreamTrack | null }
export type EncoderOptions = {
  quality: Quality
  content: Content
  /** Called with true when nothing has come out for far too long, with false when it flows again. */
  onStalled(stalled: boolean): void
  /** Called when a part is given up while the recording goes on. */
  onTrouble(name: ProblemName): void
}

/** A running encoder. It is warmed up when it is made, and records from `start`. */
export type Encoding = {
  /** Read once, while it records. Throws RecordingError when the encoder fails; what came before is good. */
  segments: AsyncIterable<Segment>
  /** Resolves when the first picture is in, with what has been recorded by then, in ms. Throws RecordingError. */
  start(): Promise<number>
  /** Takes the time until `resume` out of the recording. */
  pause(): void
  resume(): void
  /** Resolves when the last segment has been handed over, after which `segments` ends. */
  stop(): Promise<void>
  /** Ends at once and gives up what is not handed over yet. */
  cancel(): void
  /** Records a black picture and silence until it is switched off. */
  setPrivate(on: boolean): void
  /** Goes on with another picture in the same recording. */
  replacePicture(track: MediaStreamTrack): void
  /** Paints these strokes onto the picture from now on, and no others. */
  draw(strokes: Stroke[]): void
}

/** A line drawn by hand. Points are relative to the picture, 0 to 1; the width is relative to its width. */
export type Stroke = { points: [x: number, y: number][]; colour: string; width: number }

type TrackProcessor = new <T>(init: { track: MediaStreamTrack }) => { readable: ReadableStream<T> }

/**
 * Picture and sound to CMAF segments. Where a track can be read as a stream (Chromium) all work is done in a worker; else
 * in the page; and without WebCodecs the browser writes a file by itself.
 */
export function encode(tracks: EncoderTracks, options: EncoderOptions): Encoding {
  const opened = openEncoder(tracks, options)
  // Reported by `start` and by `segments`.
  opened.catch(() => undefined)
  const then = (change: (encoding: Encoding) => void) => void opened.then(change).catch(() => undefined)
  return {
    segments: (async function* () {
      yield* (await opened).segments
    })(),
    start: async () => (await opened).start(),
    pause: () => then((encoding) => encoding.pause()),
    resume: () => then((encoding) => encoding.resume()),
    stop: async () => (await opened).stop(),
    cancel: () => then((encoding) => encoding.cancel()),
    setPrivate: (on) => then((encoding) => encoding.setPrivate(on)),
    replacePicture: (track) => then((encoding) => encoding.replacePicture(track)),
    draw: (strokes) => then((encoding) => encoding.draw(strokes)),
  }
}

async function openEncoder(tracks: EncoderTracks, options: EncoderOptions): Promise<Encoding> {
  if (!hasCodecs()) return (await import('./file-encoder.ts')).encodeAsFile(tracks, options)
  const { MediaStreamTrackProcessor: Processor } = globalThis as { MediaStreamTrackProcessor?: TrackProcessor }
  if (!Processor) return (await import('./page-encoder.ts')).encodeInPage(tracks, options)
  const read = <T>(track: MediaStreamTrack) => new Processor<T>({ track }).readable
  return (await import('./worker-encoder.ts')).encodeInWorker(tracks, read, options)
}
