import { type ProblemName, RecordingError } from '../recording-problem.ts'
import type { Source } from './capture.ts'

type Device = 'camera' | 'microphone'
const nameOf = (error: unknown) => (error instanceof Error || error instanceof DOMException ? error.name : '')

/** What a failed `getUserMedia` means (W3C Media Capture and Streams §10.2). */
export function deviceError(device: Device, error: unknown): RecordingError {
  const names: Record<string, ProblemName> = {
    NotAllowedError: `${device}-blocked`,
    SecurityError: `${device}-blocked`,
    NotFoundError: `${device}-missing`,
    NotReadableError: `${device}-busy`,
    AbortError: `${device}-busy`,
    OverconstrainedError: `${device}-unsuitable`,
  }
  return new RecordingError(names[nameOf(error)] ?? 'unknown', { cause: error })
}

/**
 * What a failed `getDisplayMedia` means; null when the person closed the picker, which is no error. Both a closed picker
 * and a system that forbids screen recording are NotAllowedError: only the message tells them apart.
 */
export function sharingError(error: unknown): RecordingError | null {
  if (isCancel(error)) return null
  const blocked = nameOf(error) === 'NotAllowedError' || nameOf(error) === 'SecurityError'
  return new RecordingError(blocked ? 'screen-blocked' : 'screen-unavailable', { cause: error })
}

/** Only a refusal by the person or the system ends the ladder; anything else is tried again with fewer wishes. */
export const isRefusal = (error: unknown): boolean => nameOf(error) === 'NotAllowedError' || nameOf(error) === 'SecurityError'

const isCancel = (error: unknown) => nameOf(error) === 'NotAllowedError' && !/system|policy/i.test((error as Error).message)

/** Without these the browser writes one file itself, and what can be changed while it records is less. */
export const hasCodecs = (): boolean => typeof VideoEncoder === 'function'

export type Surroundings = { secure: boolean; sharing: boolean; devices: boolean; encoding: boolean }

export const surroundings = (): Surroundings => ({
  secure: globalThis.isSecureContext,
  sharing: typeof navigator.mediaDevices?.getDisplayMedia === 'function',
  devices: typeof navigator.mediaDevices?.getUserMedia === 'function',
  encoding: (hasCodecs() || typeof MediaRecorder === 'function') && typeof AudioContext === 'function',
})

/** What stands in the way of recording here at all, before anything is tried; null when nothing does. */
export function obstacle(source: Source, { secure, sharing, devices, encoding }: Surroundings): ProblemName | null {
  if (!secure) return 'insecure-context'
  if (!encoding || !devices) return 'unsupported-browser'
  return source === 'camera' || source === 'audio' || sharing ? null : 'no-screen-sharing'
}
