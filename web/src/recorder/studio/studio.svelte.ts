import { toast } from '../../ui/toast.svelte.ts'
import { deafness } from '../capture/meter.ts'
import { Pen } from '../pen/pen.svelte.ts'
import type { Recording } from '../recording.svelte.ts'
import { problemOf } from '../recording-problem.ts'
import { say } from '../words.ts'
import FloatingStudio from './FloatingStudio.svelte'
import { canFloat, FloatingWindow } from './floating-window.svelte.ts'
import { type RecorderCommand, recorderCommand } from './keys.ts'
import type { StudioState } from './studio-words.ts'

type Needs = { singleKeys: () => boolean; start: () => void; notes: () => string }

const deafAfterMs = 5000

/** What the person does while they record: every command, whether it comes by button, key or headset. */
export class Studio {
  readonly recording: Recording
  readonly pen: Pen
  readonly floating = new FloatingWindow()
  /** What is asked or shown in front of the page. */
  question = $state.raw<'discard' | 'restart' | 'keys' | null>(null)
  /** Counts up when another surface is shared, whose track then is another one. */
  #shared = $state.raw(0)
  /** What the person wants to say; empty for nothing. */
  readonly notes: () => string
  readonly #singleKeys: () => boolean
  readonly #start: () => void
  #deafness = deafness(deafAfterMs)

  constructor(recording: Recording, { singleKeys, start, notes }: Needs) {
    this.recording = recording
    this.pen = new Pen((strokes) => recording.draw(strokes))
    this.notes = notes
    this.#singleKeys = singleKeys
    this.#start = start
  }

  get isRunning(): boolean {
    const { name } = this.recording.state
    return name === 'recording' || name === 'paused'
  }

  /** What it is doing; the time in it moves with the clock, so ask again. */
  get state(): StudioState {
    const { state, muted, isPrivate, elapsedMs, warnings } = this.recording
    const deaf = this.#isDeaf()
    return { paused: state.name === 'paused', muted, isPrivate, elapsedMs, deaf, warned: deaf || warnings.length > 0 }
  }

  /** The picture that is recorded now; null when only sound is. */
  get picture(): MediaStreamTrack | null {
    void this.#shared
    return this.recording.capture?.picture ?? null
  }

  /** The person's own face, whichever way it is recorded. */
  get face(): MediaStreamTrack | null {
    const { capture } = this.recording
    return capture?.source === 'camera' ? capture.picture : (capture?.camera ?? null)
  }

  get isWholeScreen(): boolean {
    return (this.picture?.getSettings() as { displaySurface?: string } | undefined)?.displaySurface === 'monitor'
  }

  get can(): { draw: boolean; share: boolean; window: boolean } {
    const source = this.recording.capture?.source
    const isDisplay = source === 'screen' || source === 'window' || source === 'tab'
    return { draw: source !== 'audio', share: isDisplay, window: canFloat() }
  }

  /** `known` are the commands that make sense where the key was pressed. */
  press(event: KeyboardEvent, focused: Element | null, known?: RecorderCommand[]): void {
    if (event.key === 'Escape') this.pen.on = false
    const command = recorderCommand(event, focused, this.#singleKeys())
    if (!command || (known && !known.includes(command))) return
    event.preventDefault()
    this.run(command)
  }

  run(command: RecorderCommand): void {
    const { recording } = this
    if (command === 'help') this.question = 'keys'
    else if (this.isRunning) this.#runNow(command)
    else if (command === 'record' && (recording.state.name === 'idle' || recording.state.name === 'failed')) this.#start()
  }

  async changeMicrophone(id: string): Promise<void> {
    await this.#attempt(() => this.recording.changeMicrophone(id), say('before.microphone'))
  }

  /** Opens the small window; the browser wants a press for it. */
  float(): void {
    const size = { width: 380, height: this.notes() ? 440 : 260 }
    void this.floating.open(FloatingStudio, (window) => ({ studio: this, window }), size)
  }

  /** Puts everything away that belongs to one recording only. */
  tidy(): void {
    this.floating.close()
    this.pen.on = false
    this.pen.clear()
    this.question = null
  }

  /** Whether nothing has been heard for a while of a voice that is to be recorded. */
  #isDeaf(): boolean {
    const { state, muted, isPrivate, capture } = this.recording
    if (state.name === 'recording' && !muted && !isPrivate && capture?.hasMicrophone)
      return this.#deafness(capture.level(), performance.now())
    this.#deafness = deafness(deafAfterMs)
    return false
  }

  #runNow(command: Exclude<RecorderCommand, 'help'>) {
    const { recording, pen, can } = this
    const carryOut: Record<typeof command, () => unknown> = {
      record: () => recording.stop(),
      pause: () => (recording.state.name === 'paused' ? recording.resume() : recording.pause()),
      mute: () => recording.capture?.sound && recording.setMuted(!recording.muted),
      private: () => recording.setPrivate(!recording.isPrivate),
      marker: () => recording.mark(),
      draw: () => can.draw && pen.toggle(),
      clear: () => pen.clear(),
      share: () => can.share && this.#shareAnother(),
      window: () => (this.floating.isOpen ? this.floating.close() : this.float()),
      again: () => (this.question = 'restart'),
      discard: () => (this.question = 'discard'),
    }
    carryOut[command]()
  }

  #shareAnother() {
    const share = async () => {
      await this.recording.shareAnother()
      this.#shared++
    }
    return this.#attempt(share, say('before.share'))
  }

  async #attempt(change: () => Promise<unknown>, otherwise: string) {
    try {
      await change()
    } catch (error) {
      const { title, next } = problemOf(error)
      toast(`${title}. ${next} ${otherwise}`, 'problem')
    }
  }
}
