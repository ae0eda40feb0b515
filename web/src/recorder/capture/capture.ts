import { problemOf, RecordingError, type RecordingProblem } from '../recording-problem.ts'
import type { Quality } from '../segment.ts'
import { openCamera } from './capture-devices.ts'
import { type Display, shareDisplay } from './capture-display.ts'
import { hasCodecs, obstacle, surroundings } from './capture-problem.ts'
import { captureSound } from './capture-sound.ts'

export type Source = 'screen' | 'window' | 'tab' | 'camera' | 'audio'
/**
 * A device is its id, or `default`; null for none. With a screen, window or tab the camera is recorded beside it, as a track of its own.
 */
export type Choice = { source: Source; camera: string | null; microphone: string | null; quality: Quality }

/** Everything that is recorded, as it is at the moment: tracks may be replaced while they are recorded. */
export type Capture = {
  source: Source
  /** The screen, window, tab or camera; null when only sound is recorded. */
  readonly picture: MediaStreamTrack | null
  /** The camera beside a screen, window or tab. */
  readonly camera: MediaStreamTrack | null
  /** The microphone and the sound of the computer, mixed; the same track whatever is connected to it. */
  readonly sound: MediaStreamTrack | null
  /** True when one was chosen; it may be missing. */
  readonly hasMicrophone: boolean
  /** How loud the microphone is now, 0 to 1, or the sound of the computer where no microphone was chosen. */
  level(): number
  /** Parts that failed and were left out; the rest is recorded. */
  warnings: RecordingProblem[]
  /** Resolves when the picture ends by itself: the browser's own "Stop sharing", an unplugged camera. */
  ended: Promise<void>
  /** Calls back when the microphone is unplugged while everything else goes on. */
  onMicrophoneLost(listener: () => void): void
  /** Calls back when the camera beside the screen is unplugged; the recording goes on without it. */
  onCameraLost(listener: () => void): void
  /** Silences the microphone; the sound of the computer goes on. */
  setMuted(muted: boolean): void
  /** Goes on with another microphone, without a gap. Throws RecordingError; the one before stays then. */
  changeMicrophone(id: string): Promise<void>
  /**
   * Asks for another screen, window or tab: the new picture, to be handed to the encoder; null when the person closed the picker. The one before
   * is let go of once the new one delivers. Call it from a click.
   */
  shareAnother(): Promise<MediaStreamTrack | null>
  stop(): void
}

const isDisplay = (source: Source): source is Display => source !== 'camera' && source !== 'audio'

/**
 * Asks for what the person chose. Null when they closed the browser's picker; throws RecordingError. A microphone or a second camera
 * that fails costs itself only. Call it from a click: screen sharing needs one.
 */
export async function acquire(choice: Choice): Promise<Capture | null> {
  const { source, quality } = choice
  const inTheWay = obstacle(source, surroundings())
  if (inTheWay) throw new RecordingError(inTheWay)
  let shared = await openPicture(choice)
  if (!shared && source !== 'audio') return null

  const warnings: RecordingProblem[] = []
  const leftOut = (error: unknown) => {
    warnings.push(problemOf(error))
    return null
  }
  const beside = isDisplay(source) && choice.camera !== null ? await openBeside(choice.camera).catch(leftOut) : null
  const camera = beside?.getVideoTracks()[0] ?? null
  const sound = await captureSound(choice, shared?.getAudioTracks() ?? [], leftOut).catch((error) => {
    stopAll(shared, beside)
    throw error
  })
  if (camera) camera.contentHint = 'motion'

  let onEnded = () => {}
  const ended = new Promise<void>((resolve) => {
    onEnded = resolve
  })
  /** Only the picture that is recorded now ends the recording. */
  function follow(stream: MediaStream | null) {
    const [picture] = stream?.getVideoTracks() ?? []
    if (picture) picture.contentHint = source === 'camera' ? 'motion' : 'detail'
    picture?.addEventListener('ended', () => stream === shared && onEnded(), { once: true })
    return picture ?? null
  }
  let picture = follow(shared)
  return {
    source,
    get picture() {
      return picture
    },
    camera,
    sound: sound?.track ?? null,
    hasMicrophone: choice.microphone !== null,
    level: () => sound?.level() ?? 0,
    warnings,
    ended,
    onMicrophoneLost: (listener) => sound?.onMicrophoneLost(listener),
    onCameraLost: (listener) => camera?.addEventListener('ended', listener, { once: true }),
    setMuted: (muted) => sound?.setMuted(muted),
    async changeMicrophone(id) {
      if (!sound) throw new RecordingError('no-sound-recorded')
      await sound.changeMicrophone(id)
    },
    async shareAnother() {
      if (!isDisplay(source)) return null
      const next = await shareDisplay(source, quality)
      if (!next?.getVideoTracks()[0]) return null
      const before = shared
      shared = next
      picture = follow(next)
      sound?.setSystem(next.getAudioTracks())
      void delivers(next).then(() => stopAll(before))
      return picture
    },
    stop() {
      stopAll(shared, beside)
      sound?.close()
    },
  }
}

async function openBeside(camera: string): Promise<MediaStream> {
  if (!hasCodecs()) throw new RecordingError('camera-not-beside')
  return openCamera(camera, '720p')
}

/** Null for audio, and when the person closed the picker. */
async function openPicture({ source, camera, quality }: Choice): Promise<MediaStream | null> {
  if (source === 'audio') return null
  if (source === 'camera') return openCamera(camera ?? 'default', quality)
  return shareDisplay(source, quality)
}

/** Resolves when the first picture is there, or will not come. */
async function delivers(stream: MediaStream): Promise<void> {
  const element = document.createElement('video')
  element.muted = true
  element.srcObject = stream
  await element.play().catch(() => undefined)
  element.srcObject = null
}

function stopAll(...streams: (MediaStream | null)[]) {
  for (const stream of streams) for (const track of stream?.getTracks() ?? []) track.stop()
}
