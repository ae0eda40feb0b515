import { openCamera } from '../capture/capture-devices.ts'
import { problemOf, type RecordingProblem } from '../recording-problem.ts'
import { isAllowed } from './listening.svelte.ts'

/** A camera that is looked at before recording. */
export class Watching {
  track = $state.raw<MediaStreamTrack | null>(null)
  problem = $state.raw<RecordingProblem | null>(null)
  #turn = 0

  async open(camera: string): Promise<void> {
    this.close()
    const turn = this.#turn
    try {
      const [track] = (await openCamera(camera)).getVideoTracks()
      if (turn !== this.#turn) return track?.stop()
      this.track = track ?? null
    } catch (error) {
      if (turn === this.#turn) this.problem = problemOf(error)
    }
  }

  close(): void {
    this.#turn++
    this.track?.stop()
    this.track = null
    this.problem = null
  }

  /** Looks at once where that was allowed before; nobody is asked without a click. Returns what ends it. */
  follow(camera: string): () => void {
    let ended = false
    void isAllowed('camera').then((allowed) => {
      if (allowed && !ended) void this.open(camera)
    })
    return () => {
      ended = true
      this.close()
    }
  }
}
