import { deviceError, isRefusal, obstacle, sharingError, surroundings } from './capture-problem.ts'
import { mix } from './mix.ts'
import { problemOf, RecordingError, type RecordingProblem } from './recording-problem.ts'

export type Source = 'screen' | 'window' | 'tab' | 'camera'
/** A device is its id, or `default`; the microphone may be left out. */
export type Choice = { source: Source; camera: string; microphone: string | null }

/** Everything that is recorded: one picture, one mixed sound. */
export type Capture = {
  source: Source
  video: MediaStreamTrack
  audio: MediaStreamTrack | null
  /** How loud the sound is now, 0 to 1. */
  level(): number
  /** Parts that failed and were left out; the rest is recorded. */
  warnings: RecordingProblem[]
  /** Resolves when the picture ends by itself: the browser's own "Stop sharing", an unplugged camera. */
  ended: Promise<void>
  /** Calls back when the microphone is unplugged while the picture goes on. */
  onMicrophoneLost(listener: () => void): void
  stop(): void
}

/**
 * Asks for what the person chose. Null when they closed the browser's picker; throws RecordingError. A microphone that
 * fails costs the microphone only. Call it from a click: screen sharing needs one.
 */
export async function acquire(choice: Choice): Promise<Capture | null> {
  const inTheWay = obstacle(choice.source === 'camera', surroundings())
  if (inTheWay) throw new RecordingError(inTheWay)
  const picture = choice.source === 'camera' ? await openCamera(choice.camera) : await shareDisplay(choice.source)
  const video = picture?.getVideoTracks()[0]
  if (!picture || !video) return null
  video.contentHint = choice.source === 'camera' ? 'motion' : 'detail'

  const warnings: RecordingProblem[] = []
  const microphone =
    choice.microphone === null
      ? null
      : await openMicrophone(choice.microphone).catch((error) => {
          warnings.push(problemOf(error))
          return null
        })
  const voice = microphone?.getAudioTracks()[0]
  const sources = [...picture.getAudioTracks(), ...(voice ? [voice] : [])]
  const sound = sources.length > 0 ? await mix(sources) : null
  return {
    source: choice.source,
    video,
    audio: sound?.track ?? null,
    level: () => sound?.level() ?? 0,
    warnings,
    ended: new Promise((resolve) => video.addEventListener('ended', () => resolve(), { once: true })),
    onMicrophoneLost: (listener) => voice?.addEventListener('ended', listener, { once: true }),
    stop() {
      for (const stream of [picture, microphone]) for (const track of stream?.getTracks() ?? []) track.stop()
      sound?.close()
    },
  }
}

/** A microphone for recording or for the meter; an id that is gone falls back to the default one. Throws RecordingError. */
export function openMicrophone(id: string): Promise<MediaStream> {
  const wishes = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
  return openDevice('microphone', id, (deviceId) => ({ audio: { ...wishes, ...deviceId } }))
}

/** A camera for recording or for its preview; an id that is gone falls back to the default one. Throws RecordingError. */
export function openCamera(id: string): Promise<MediaStream> {
  const wishes = { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 30 } }
  return openDevice('camera', id, (deviceId) => ({ video: { ...wishes, ...deviceId } }))
}

type DeviceId = { deviceId?: { exact: string } }
async function openDevice(device: 'camera' | 'microphone', id: string, ask: (deviceId: DeviceId) => MediaStreamConstraints) {
  const open = (deviceId: DeviceId) => navigator.mediaDevices.getUserMedia(ask(deviceId))
  try {
    if (id === 'default') return await open({})
    return await open({ deviceId: { exact: id } }).catch((error) => {
      if (error instanceof Error && error.name === 'OverconstrainedError') return open({})
      throw error
    })
  } catch (error) {
    throw deviceError(device, error)
  }
}

async function shareDisplay(source: Exclude<Source, 'camera'>): Promise<MediaStream | null> {
  let failure: unknown
  for (const wishes of sharingLadder(source)) {
    try {
      return await navigator.mediaDevices.getDisplayMedia(wishes)
    } catch (error) {
      failure = error
      if (isRefusal(error)) break
    }
  }
  const problem = sharingError(failure)
  if (problem) throw problem
  return null
}

/** What the screen is asked for: everything we would like, then without preferences, then without its sound. */
export function sharingLadder(source: Exclude<Source, 'camera'>): DisplayMediaStreamOptions[] {
  const displaySurface = { screen: 'monitor', window: 'window', tab: 'browser' }[source]
  const size = { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 30 } }
  const sound = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, suppressLocalAudioPlayback: false }
  const preferred = {
    video: { displaySurface, ...size },
    audio: sound,
    systemAudio: 'include',
    surfaceSwitching: 'include',
    selfBrowserSurface: 'include',
    monitorTypeSurfaces: 'include',
    ...stayHere(source),
  }
  return [preferred, { video: true, audio: true }, { video: true, audio: false }]
}

/** The countdown is shown here, so the browser must not bring the shared window or tab to the front at once. */
function stayHere(source: Source) {
  const Controller = (globalThis as { CaptureController?: new () => { setFocusBehavior(behaviour: string): void } })
    .CaptureController
  if (!Controller || source === 'screen') return {}
  const controller = new Controller()
  controller.setFocusBehavior('no-focus-change')
  return { controller }
}
