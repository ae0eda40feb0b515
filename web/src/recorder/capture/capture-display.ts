import { type Quality, sizeOf } from '../segment.ts'
import type { Source } from './capture.ts'
import { isRefusal, sharingError } from './capture-problem.ts'

export type Display = Extract<Source, 'screen' | 'window' | 'tab'>

/** Asks for a screen, window or tab. Null when the person closed the browser's picker; throws RecordingError. Needs a click. */
export async function shareDisplay(source: Display, quality: Quality): Promise<MediaStream | null> {
  let failure: unknown
  for (const wishes of sharingLadder(source, quality)) {
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
export function sharingLadder(source: Display, quality: Quality): DisplayMediaStreamOptions[] {
  const displaySurface = { screen: 'monitor', window: 'window', tab: 'browser' }[source]
  const { width, height } = sizeOf(quality)
  const size = { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30 } }
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
function stayHere(source: Display) {
  const Controller = (globalThis as { CaptureController?: new () => { setFocusBehavior(behaviour: string): void } })
    .CaptureController
  if (!Controller || source === 'screen') return {}
  const controller = new Controller()
  controller.setFocusBehavior('no-focus-change')
  return { controller }
}
