import { openMicrophone } from '../capture/capture-devices.ts'
import { deafness } from '../capture/meter.ts'
import { type Mix, mix } from '../capture/mix.ts'
import { problemOf, type RecordingProblem } from '../recording-problem.ts'

const deafAfterMs = 3000

/** A microphone that is listened to for its meter only. */
export class Listening {
  state = $state.raw<'off' | 'opening' | 'on'>('off')
  problem = $state.raw<RecordingProblem | null>(null)
  #mix: Mix | null = null
  #stream: MediaStream | null = null
  #deafness = deafness(deafAfterMs)
  #turn = 0

  level = (): number => this.#mix?.level() ?? 0
  /** Whether nothing has been heard for three seconds. To be asked several times a second. */
  isDeaf = (): boolean => this.#deafness(this.level(), performance.now())

  async open(microphone: string): Promise<void> {
    this.close()
    const turn = this.#turn
    this.state = 'opening'
    try {
      const stream = await openMicrophone(microphone)
      const sound = mix(stream.getAudioTracks()[0] ?? null)
      if (turn !== this.#turn) return shut(stream, sound)
      this.#stream = stream
      this.#mix = sound
      this.#deafness = deafness(deafAfterMs)
      this.state = 'on'
    } catch (error) {
      if (turn !== this.#turn) return
      this.state = 'off'
      this.problem = problemOf(error)
    }
  }

  close(): void {
    this.#turn++
    if (this.#stream && this.#mix) shut(this.#stream, this.#mix)
    this.#stream = this.#mix = null
    this.state = 'off'
    this.problem = null
  }

  /** Listens at once where that was allowed before; nobody is asked without a click. Returns what ends it. */
  follow(microphone: string): () => void {
    let ended = false
    void isAllowed('microphone').then((allowed) => {
      if (allowed && !ended) void this.open(microphone)
    })
    return () => {
      ended = true
      this.close()
    }
  }
}

function shut(stream: MediaStream, sound: Mix) {
  for (const track of stream.getTracks()) track.stop()
  sound.close()
}

/** True when the browser gives the device without asking. */
export async function isAllowed(device: 'camera' | 'microphone'): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: device as PermissionName })).state === 'granted'
  } catch {
    return false
  }
}
