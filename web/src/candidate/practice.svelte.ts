import { openCamera, openMicrophone } from '../recorder/capture/capture-devices.ts'
import { type Mix, mix } from '../recorder/capture/mix.ts'
import { type ProblemName, problemOf } from '../recorder/recording-problem.ts'

/** Long enough to see and hear oneself, in ms. */
export const longestPracticeMs = 20_000

/** A recording that stays in this page: nothing of it is sent, or written anywhere. */
export class Practice {
  state = $state.raw<'off' | 'opening' | 'on' | 'recording'>('off')
  problem = $state.raw<ProblemName | null>(null)
  camera = $state.raw<MediaStreamTrack | null>(null)
  /** What was recorded last, for this page alone. */
  url = $state.raw<string | null>(null)
  #sound: Mix | null = null
  #tracks: MediaStreamTrack[] = []
  #recorder: MediaRecorder | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  /** How loud the microphone is, 0 to 1. */
  level = (): number => this.#sound?.level() ?? 0

  async open(withCamera: boolean): Promise<void> {
    this.close()
    this.state = 'opening'
    try {
      if (withCamera) this.camera = this.#keep(await openCamera('default', '720p')).getVideoTracks()[0] ?? null
      const voice = this.#keep(await openMicrophone('default'))
      this.#sound = mix(voice.getAudioTracks()[0] ?? null)
      this.state = 'on'
    } catch (error) {
      this.close()
      this.problem = problemOf(error).name
    }
  }

  record(): void {
    if (this.state !== 'on' || !this.#sound) return
    this.#forget()
    const stream = new MediaStream([this.#sound.track, ...(this.camera ? [this.camera] : [])])
    const recorder = new MediaRecorder(stream)
    const parts: Blob[] = []
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
    recorder.addEventListener('stop', () => {
      if (this.#recorder !== recorder) return
      this.url = URL.createObjectURL(new Blob(parts, { type: recorder.mimeType }))
      this.state = 'on'
    })
    this.#recorder = recorder
    recorder.start()
    this.state = 'recording'
    this.#timer = setTimeout(() => this.stop(), longestPracticeMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
    if (this.#recorder?.state === 'recording') this.#recorder.stop()
  }

  /** Lets go of the devices and of what was recorded. */
  close(): void {
    clearTimeout(this.#timer)
    const recorder = this.#recorder
    this.#recorder = null
    if (recorder?.state === 'recording') recorder.stop()
    for (const track of this.#tracks.splice(0)) track.stop()
    this.#sound?.close()
    this.#sound = null
    this.camera = null
    this.problem = null
    this.state = 'off'
    this.#forget()
  }

  #keep(stream: MediaStream): MediaStream {
    this.#tracks.push(...stream.getTracks())
    return stream
  }

  #forget() {
    if (this.url) URL.revokeObjectURL(this.url)
    this.url = null
  }
}
