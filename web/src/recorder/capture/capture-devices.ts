import { type Quality, sizeOf } from '../segment.ts'
import { deviceError } from './capture-problem.ts'

/** A microphone for recording or for the meter; an id that is gone falls back to the default one. Throws RecordingError. */
export function openMicrophone(id: string): Promise<MediaStream> {
  const wishes = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
  return openDevice('microphone', id, (deviceId) => ({ audio: { ...wishes, ...deviceId } }))
}

/**
 * A camera for recording or for its preview: its id, or on a phone `front` or `back`. One that is gone falls back to the default one.
 * Throws RecordingError.
 */
export function openCamera(id: string, quality: Quality = '1080p'): Promise<MediaStream> {
  const { width, height } = sizeOf(quality)
  const wishes = { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30 } }
  return openDevice('camera', id, (deviceId) => ({ video: { ...wishes, ...deviceId } }))
}

/** On a phone people choose the way a camera looks, not a camera. */
const facingModes: Record<string, string> = { front: 'user', back: 'environment' }

type DeviceId = { deviceId?: { exact: string }; facingMode?: { ideal: string } }
async function openDevice(device: 'camera' | 'microphone', id: string, ask: (deviceId: DeviceId) => MediaStreamConstraints) {
  const open = (deviceId: DeviceId) => navigator.mediaDevices.getUserMedia(ask(deviceId))
  try {
    if (id === 'default') return await open({})
    if (device === 'camera' && facingModes[id]) return await open({ facingMode: { ideal: facingModes[id] } })
    return await open({ deviceId: { exact: id } }).catch((error) => {
      if (error instanceof Error && error.name === 'OverconstrainedError') return open({})
      throw error
    })
  } catch (error) {
    throw deviceError(device, error)
  }
}
