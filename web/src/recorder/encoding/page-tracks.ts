import { framesPerSecond } from '../segment.ts'
import { ticker } from '../ticker.ts'

const chunkFrames = 1024

/** Frames of a track, read from a hidden `<video>` at a steady rate: a page gets no other way to them. */
export function framesOf(track: MediaStreamTrack): ReadableStream<VideoFrame> {
  const element = document.createElement('video')
  element.muted = true
  element.playsInline = true
  element.srcObject = new MediaStream([track])
  let stop = () => {}
  return new ReadableStream<VideoFrame>(
    {
      start(controller) {
        let shownAt = -1
        const end = () => {
          stop()
          controller.close()
        }
        function take() {
          if (track.readyState === 'ended') return end()
          const isNew = element.currentTime !== shownAt
          if (element.videoWidth === 0 || !isNew || (controller.desiredSize ?? 0) <= 0) return
          shownAt = element.currentTime
          controller.enqueue(new VideoFrame(element, { timestamp: performance.now() * 1000 }))
        }
        void element.play().catch(() => undefined)
        stop = ticker(1000 / framesPerSecond, take)
      },
      cancel() {
        stop()
        element.srcObject = null
      },
    },
    { highWaterMark: 2 },
  )
}

/** Sound of a track in chunks, read through Web Audio. */
export function soundOf(track: MediaStreamTrack): ReadableStream<AudioData> {
  const context = new AudioContext()
  const { sampleRate } = context
  const source = context.createMediaStreamSource(new MediaStream([track]))
  // Deprecated in favour of worklets, which cannot be loaded everywhere where this is needed; every browser has it.
  const tap = context.createScriptProcessor(chunkFrames, 2, 1)
  return new ReadableStream<AudioData>({
    start(controller) {
      let heard = 0
      tap.onaudioprocess = ({ inputBuffer }) => {
        const data = new Float32Array(chunkFrames * 2)
        data.set(inputBuffer.getChannelData(0))
        data.set(inputBuffer.getChannelData(1), chunkFrames)
        const timestamp = Math.round((heard / sampleRate) * 1_000_000)
        heard += chunkFrames
        controller.enqueue(
          new AudioData({ format: 'f32-planar', sampleRate, numberOfChannels: 2, numberOfFrames: chunkFrames, timestamp, data }),
        )
      }
      source.connect(tap)
      // It is only asked for sound while it is connected to an output; it plays silence there.
      tap.connect(context.destination)
      void context.resume().catch(() => undefined)
    },
    cancel() {
      tap.onaudioprocess = null
      source.disconnect()
      void context.close().catch(() => undefined)
    },
  })
}
