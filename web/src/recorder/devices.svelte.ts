import type { Choice, Source } from './capture.ts'

/** A camera or microphone. `label` is empty until the person has allowed one. */
export type Device = { id: string; label: string }
type Listed = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>
type Media = Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'>
type Memory = Pick<Storage, 'getItem' | 'setItem'>

/** What is remembered: labels, since ids change from one visit to another. A null microphone means "No microphone". */
type Remembered = { source: Source; camera: string; microphone: string | null }

const key = 'meanwhile.recorder'
const sources: Source[] = ['screen', 'window', 'tab', 'camera']

/** The cameras and microphones of this computer, and which of them the person uses. */
export class Devices {
  cameras = $state.raw<Device[]>([])
  microphones = $state.raw<Device[]>([])
  choice = $state.raw<Choice>({ source: 'screen', camera: 'default', microphone: 'default', quality: '1080p' })

  readonly #media: Media | undefined
  readonly #memory: Memory
  #remembered: Remembered

  constructor(media: Media | undefined, memory: Memory) {
    this.#media = media
    this.#memory = memory
    this.#remembered = recall(memory)
    const { source, microphone } = this.#remembered
    this.choice = { source, camera: 'default', microphone: microphone === null ? null : 'default', quality: '1080p' }
  }

  /** True once the person has allowed a microphone: only then do browsers tell its name. */
  get named(): boolean {
    return this.microphones.some(({ label }) => label !== '')
  }

  /** Reads what is connected and finds the remembered devices by their names. */
  async refresh(): Promise<void> {
    const listed: Listed[] = (await this.#media?.enumerateDevices().catch(() => [])) ?? []
    this.cameras = ofKind(listed, 'videoinput')
    this.microphones = ofKind(listed, 'audioinput')
    const { camera, microphone } = this.#remembered
    this.choice = {
      ...this.choice,
      camera: idOf(this.cameras, camera),
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
    this.choice = { ...this.choice, ...change }
    const { source, camera, microphone } = this.choice
    this.#remembered = {
      source,
      camera: labelOf(this.cameras, camera ?? 'default') ?? this.#remembered.camera,
      microphone: microphone === null ? null : (labelOf(this.microphones, microphone) ?? ''),
    }
    try {
      this.#memory.setItem(key, JSON.stringify(this.#remembered))
    } catch {
      // A full or forbidden storage forgets; nothing else depends on it.
    }
  }
}

/** Chromium lists a device twice: once by itself, once as `default` and `communications`. */
const ofKind = (listed: Listed[], kind: MediaDeviceKind): Device[] =>
  listed
    .filter((device) => device.kind === kind && !['', 'default', 'communications'].includes(device.deviceId))
    .map(({ deviceId, label }) => ({ id: deviceId, label }))

const idOf = (devices: Device[], label: string): string =>
  devices.find((device) => label && device.label === label)?.id ?? 'default'

const labelOf = (devices: Device[], id: string): string | undefined =>
  id === 'default' ? '' : devices.find((device) => device.id === id)?.label

function recall(memory: Memory): Remembered {
  const nothing: Remembered = { source: 'screen', camera: '', microphone: '' }
  try {
    const found = JSON.parse(memory.getItem(key) ?? '{}') as Partial<Record<keyof Remembered, unknown>>
    return {
      source: sources.find((source) => source === found.source) ?? nothing.source,
      camera: typeof found.camera === 'string' ? found.camera : nothing.camera,
      microphone: found.microphone === null || typeof found.microphone === 'string' ? found.microphone : nothing.microphone,
    }
  } catch {
    return nothing
  }
}
