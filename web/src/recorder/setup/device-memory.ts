import type { Choice, Source } from '../capture/capture.ts'

export type Memory = Pick<Storage, 'getItem' | 'setItem'>

/** Devices by their names, since ids change from one visit to another: empty for the default one, null for none. */
export type RememberedDevices = Pick<Choice, 'source' | 'quality'> & { camera: string | null; microphone: string | null }

const key = 'meanwhile.recorder'
const sources: Source[] = ['screen', 'window', 'tab', 'camera', 'audio']
const qualities: Choice['quality'][] = ['720p', '1080p', '4k']

/** What was recorded with last time. The camera starts as none: nobody is filmed who did not ask for it. */
export function recallDevices(memory: Memory): RememberedDevices {
  const found = recall(memory, key)
  const deviceName = (value: unknown, otherwise: string | null) =>
    value === null || typeof value === 'string' ? value : otherwise
  return {
    source: sources.find((source) => source === found.source) ?? 'screen',
    quality: qualities.find((quality) => quality === found.quality) ?? '1080p',
    camera: deviceName(found.camera, null),
    microphone: deviceName(found.microphone, ''),
  }
}

export const rememberDevices = (memory: Memory, devices: RememberedDevices): void => keep(memory, key, devices)

/** What is kept under a key, whatever it is; empty when there is nothing, or where the browser forbids it. */
export function recall(memory: Memory, key: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(memory.getItem(key) ?? '{}')
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

export function keep(memory: Memory, key: string, value: object): void {
  try {
    memory.setItem(key, JSON.stringify(value))
  } catch {
    // A full or forbidden storage forgets; nothing else depends on it.
  }
}
