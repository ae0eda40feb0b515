import type { BubbleLayout, Chapter } from '@meanwhile/shared/contract/edits'
import type { Capture } from './capture/capture.ts'
import type { Stroke } from './encoding/encoder.ts'
import { type ProblemName, type RecordingProblem, recordingProblem } from './recording-problem.ts'
import type { Take } from './take.ts'

/** What a person can change while it records. */
export abstract class RecordingControls {
  /** What is being recorded. */
  capture = $state.raw<Capture | null>(null)
  /** What went wrong although the recording goes on. */
  warnings = $state.raw<RecordingProblem[]>([])
  muted = $state.raw(false)
  /** Picture and sound are blanked. */
  isPrivate = $state.raw(false)
  /** They become chapters. */
  markers = $state.raw<Chapter[]>([])

  /** What is asked, in order: a marker takes the next of them for its title. */
  questions: readonly string[] = []

  protected take: Take | null = null
  protected layout: BubbleLayout | null = null

  /** How much has been recorded, in ms; moves with the clock, so ask again. */
  abstract get elapsedMs(): number
  /** True while it records or is paused. */
  abstract get isRunning(): boolean

  setMuted(muted: boolean): void {
    this.capture?.setMuted(muted)
    this.muted = muted
  }

  /** Blanks picture and sound until it is switched off. */
  setPrivate(on: boolean): void {
    if (!this.isRunning) return
    this.take?.encoding.setPrivate(on)
    this.isPrivate = on
  }

  /** Goes on with another microphone. Throws RecordingError; the one before goes on then. */
  async changeMicrophone(id: string): Promise<void> {
    await this.capture?.changeMicrophone(id)
    this.warn('microphone-lost', false)
  }

  /**
   * Asks for another screen, window or tab and goes on with it; false when the person closed the picker. Throws RecordingError, and
   * what was shared before goes on. Call it from a click.
   */
  async shareAnother(): Promise<boolean> {
    const picture = await this.capture?.shareAnother()
    if (picture && this.isRunning) this.take?.encoding.replacePicture(picture)
    return Boolean(picture)
  }

  /** Marks this moment: it becomes a chapter. */
  mark(title = this.questions[this.markers.length] ?? `Marker ${this.markers.length + 1}`): void {
    if (!this.isRunning) return
    this.markers = [...this.markers, { atMs: Math.round(this.elapsedMs), title }]
    void this.take?.change({ chapters: this.markers })
  }

  /** Puts strokes onto the picture that is recorded; none clears them. */
  draw(strokes: Stroke[]): void {
    this.take?.encoding.draw(strokes)
  }

  /** How the camera lies over the screen. */
  setLayout(layout: BubbleLayout | null): void {
    this.layout = layout
    void this.take?.change({ layout })
  }

  protected warn(name: ProblemName, on: boolean) {
    const others = this.warnings.filter((warning) => warning.name !== name)
    if (on || others.length < this.warnings.length) this.warnings = on ? [...others, recordingProblem(name)] : others
  }
}
