import type { Choice, Source } from '../capture/capture.ts'
import { type Memory, type RememberedDevices, recallDevices, rememberDevices } from './device-memory.ts'

/** A camera or microphone. `label` is empty until the person has allowed one. */
export type Device = { id: string; label: string }
type Listed = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>
type Media = Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'>
/** What can be recorded here, and whether cameras are told apart by the way they look, as on a phone. */
export type Offer = { sources: Source[]; facing: boolean }

export const allSources: Source[] = ['screen', 'window', 'tab', 'camera', 'audio']
const facingCameras: Device[] = [
  { id: 'front', label: 'Front camera' },
  { id: 'back', label: 'Back camera' },
]

/** The cameras and microphones of this computer, and which of them the person uses. */
export class Devices {
  cameras = $state.raw<Device[]>([])
  microphones = $state.raw<Device[]>([])
  /** What the person wants, whatever is recorded: the camera stays chosen while only sound is. */
  wanted = $state.raw<Choice>({ source: 'screen', camera: null, microphone: 'default', quality: '1080p' })

  readonly offer: Offer
  readonly #media: Media | undefined
  readonly #memory: Memory
  #remembered: RememberedDevices

  constructor(media: Media | undefined, memory: Memory, offer: Offer = { sources: allSources, facing: false }) {
    this.#media = media
    this.#memory = memory
    this.offer = offer
    this.#remembered = recallDevices(memory)
    const { source, camera, microphone, quality } = this.#remembered
    this.wanted = {
      source: offer.sources.includes(source) ? source : (offer.sources[0] ?? 'audio'),
      camera: camera === null ? null : 'default',
      microphone: microphone === null ? null : 'default',
      quality,
    }
  }

  /** What is recorded: a recording of the camera has one, a recording of sound has none. */
  get choice(): Choice {
    const { source, camera } = this.wanted
    if (source === 'audio') return { ...this.wanted, camera: null }
    return source === 'camera' ? { ...this.wanted, camera: camera ?? 'default' } : this.wanted
  }

  /** Reads what is connected and finds the remembered devices by their names. */
  async refresh(): Promise<void> {
    const listed: Listed[] = (await this.#media?.enumerateDevices().catch(() => [])) ?? []
    this.cameras = this.offer.facing ? facingCameras : ofKind(listed, 'videoinput')
    this.microphones = ofKind(listed, 'audioinput')
    const { camera, microphone } = this.#remembered
    this.wanted = {
      ...this.wanted,
      camera: camera === null ? null : idOf(this.cameras, camera),
      microphone: microphone === null ? null : idOf(this.microphones, microphone),
    }
  }

  /** Refreshes whenever something is plugged in or out, until the returned function is called. */
  watch(): () => void {
    const refresh = () => void this.refresh()
    refresh()
    this.#media?.addEventListener('devicechange', refresh)
    return () => this.#media?.removeEventListener('devicechange', refresh)
  }

  choose(change: Partial<Choice>): void {
    this.wanted = { ...this.wanted, ...change }
    const { source, camera, microphone, quality } = this.wanted
    const before = this.#remembered
    this.#remembered = {
      source: 'source' in change ? source : before.source,
      quality,
      camera: 'camera' in change ? labelOf(this.cameras, camera) : before.camera,
      microphone: 'microphone' in change ? labelOf(this.microphones, microphone) : before.microphone,
    }
    rememberDevices(this.#memory, this.#remembered)
  }
}

/** Chromium lists a device twice: once by itself, once as `default` and `communications`. */
const ofKind = (listed: Listed[], kind: MediaDeviceKind): Device[] =>
  listed
    .filter((device) => device.kind === kind && !['', 'default', 'communications'].includes(device.deviceId))
    .map(({ deviceId, label }) => ({ id: deviceId, label }))

const idOf = (devices: Device[], label: string): string =>
  devices.find((device) => label && device.label === label)?.id ?? 'default'

/** The name of a chosen device: empty for the default one, null for none. */
const labelOf = (devices: Device[], id: string | null): string | null =>
  id === null ? null : (devices.find((device) => device.id === id)?.label ?? '')
