import type { AnswerWay } from '@meanwhile/shared/contract/interviews'
import type { Source } from '../recorder/capture/capture.ts'
import { Devices } from '../recorder/setup/devices.svelte.ts'
import { offerHere } from '../recorder/setup/offer.ts'

export type RecordedWay = Exclude<AnswerWay, 'text' | 'file'>

const sources: Record<RecordedWay, Source> = { video: 'camera', audio: 'audio', screen: 'screen' }

/**
 * Cameras and microphones for an answer: what was chosen for one question is there for the next, and what somebody else chose on this device
 * to record updates is not. Small pictures: many send from a phone.
 */
export function candidateDevices(way: RecordedWay): Devices {
  const devices = new Devices(navigator.mediaDevices, sessionStorage, offerHere())
  devices.wanted = { ...devices.wanted, source: sources[way], quality: way === 'screen' ? '1080p' : '720p' }
  if (way === 'screen') devices.wanted = { ...devices.wanted, camera: null }
  return devices
}
