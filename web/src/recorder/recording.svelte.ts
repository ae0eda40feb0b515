import type { Capture, Choice } from './capture.ts'
import { within } from './channel.ts'
import type { Encoding } from './encoder.ts'
import { backOff, persistently } from './persistently.ts'
import { type ProblemName, problemOf, RecordingError, type RecordingProblem, recordingProblem } from './recording-problem.ts'
import type { RecordingNeeds, RecordingState } from './recording-state.ts'
import type { Spool } from './spool.ts'
import type { RecordedUpdate } from './update-api.ts'
import type { UploadProgress } from './uploader.ts'

const startLimitMs = 15_000
const stopLimitMs = 10_000
/** After these the server does not want this recording any more: sending it again is useless. */
const lost = new Set<ProblemName>(['update-gone', 'segment-conflict', 'segment-lost', 'nothing-recorded'])

/** One recording, from the choice of what to record to the update that it becomes. */
export class Recording {
  state = $state.raw<RecordingState>({ name: 'idle' })
  /** True while the browser asks the person what to share. */
  asking = $state.raw(false)
  /** What is being recorded. */
  capture = $state.raw<Capture | null>(null)
  /** The update that this becomes; there shortly after the start. */
  update = $state.raw<RecordedUpdate | null>(null)
  /** What went wrong although the recording goes on. */
  warnings = $state.raw<RecordingProblem[]>([])
  progress = $state.raw<UploadProgress>({ sent: 0, total: 0, trouble: null })

  readonly #needs: RecordingNeeds
  #title = ''
  #encoding: Encoding | null = null
  #spool: Spool | null = null
  #sending: Promise<void> | null = null
  #stopping: Promise<void> | null = null
  #abort = new AbortController()
  #skip = () => {}

  constructor(needs: RecordingNeeds) {
    this.#needs = needs
  }

  /** How much has been recorded; moves with the clock, so ask again. */
  get elapsedMs(): number {
    const { state } = this
    if (state.name === 'recording') return state.elapsedMs + this.#now() - state.since
    return state.name === 'paused' ? state.elapsedMs : 0
  }

  /** Asks for the sources, counts down and records. Call it from a click. */
  async start(choice: Choice, title: string, countdownSeconds = 3): Promise<void> {
    if (this.asking || (this.state.name !== 'idle' && this.state.name !== 'failed')) return
    this.#reset(title)
    const { signal } = this.#abort
    this.asking = true
    try {
      const capture = await this.#needs.acquire(choice).finally(() => {
        this.asking = false
      })
      if (!capture) return
      if (signal.aborted) return capture.stop()
      this.#prepare(capture, choice)
      await this.#countDown(countdownSeconds)
      if (!signal.aborted) await this.#begin(signal)
    } catch (error) {
      if (!signal.aborted) this.#fail(error, false)
    }
  }

  skipCountdown(): void {
    this.#skip()
  }

  pause(): void {
    if (this.state.name !== 'recording') return
    this.#encoding?.pause()
    this.state = { name: 'paused', elapsedMs: this.elapsedMs }
  }

  resume(): void {
    if (this.state.name !== 'paused') return
    this.#encoding?.resume()
    this.state = { name: 'recording', since: this.#now(), elapsedMs: this.state.elapsedMs }
  }

  /** Ends the recording and sends the rest of it. Calling it again changes nothing. */
  stop(): Promise<void> {
    if (this.state.name === 'countdown') return this.discard()
    if (this.state.name === 'recording' || this.state.name === 'paused') this.#stopping = this.#stop()
    return this.#stopping ?? Promise.resolve()
  }

  /** Sends again what is still here after sending failed. */
  async retry(): Promise<void> {
    if (this.state.name !== 'failed' || !this.state.recoverable) return
    const { signal } = this.#abort
    this.state = sendingState(this.progress)
    this.#sending = this.#spool ? this.#upload(this.#spool, signal) : this.#send(signal)
    await this.#finish(signal)
  }

  /** Throws the recording away, with everything that has been sent. */
  async discard(): Promise<void> {
    const { update } = this
    this.#abort.abort(new DOMException('discarded', 'AbortError'))
    this.#skip()
    this.#release()
    this.state = { name: 'idle' }
    await this.#spool?.discard()
    if (update) await this.#deleteUpdate(update.id)
  }

  #now = () => this.#needs.now?.() ?? performance.now()

  #reset(title: string) {
    this.#abort = new AbortController()
    this.#title = title
    this.#stopping = this.#sending = this.#spool = this.#encoding = null
    this.state = { name: 'idle' }
    this.update = null
    this.warnings = []
    this.progress = { sent: 0, total: 0, trouble: null }
  }

  /** The encoder warms up during the countdown. */
  #prepare(capture: Capture, { source, quality }: Choice) {
    const { signal } = this.#abort
    this.capture = capture
    this.warnings = capture.warnings
    capture.onMicrophoneLost(() => this.#warn('microphone-lost', true))
    capture.onCameraLost(() => this.#warn('camera-lost', true))
    this.#encoding = this.#needs.encode(capture, {
      quality,
      content: source === 'camera' ? 'motion' : 'detail',
      onStalled: (stalled) => this.#warn('picture-stalled', stalled),
      onTrouble: (name) => this.#warn(name, true),
    })
    void capture.ended.then(() => {
      if (!signal.aborted && this.capture === capture) void this.stop()
    })
  }

  async #countDown(seconds: number) {
    for (let left = seconds; left > 0 && !this.#abort.signal.aborted; left--) {
      this.state = { name: 'countdown', seconds: left }
      if (await this.#skippedWithin(1000)) return
    }
  }

  #skippedWithin(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), ms)
      this.#skip = () => {
        clearTimeout(timer)
        resolve(true)
      }
    })
  }

  async #begin(signal: AbortSignal) {
    if (!this.#encoding) return
    const elapsedMs = await within(startLimitMs, this.#encoding.start(), () => new RecordingError('no-picture'))
    if (signal.aborted) return
    this.state = { name: 'recording', since: this.#now(), elapsedMs }
    this.#sending = this.#send(signal)
    this.#sending.catch((error) => this.#warnOf(error, signal))
  }

  /** Creates the update, then moves segments into the spool as they come, and out of it to the server. */
  async #send(signal: AbortSignal) {
    const onTrouble = (trouble: string | null) => this.#report({ ...this.progress, trouble })
    const create = () => this.#needs.createUpdate(this.#title)
    const update = await persistently(create, { signal, pause: this.#needs.pause ?? backOff, onTrouble })
    if (signal.aborted) return this.#deleteUpdate(update.id)
    this.update = update
    const spool = await this.#needs.openSpool(update.videoId)
    this.#spool = spool
    const uploaded = this.#upload(spool, signal)
    uploaded.catch((error) => this.#warnOf(error, signal))
    await this.#fill(spool, signal)
    await uploaded
  }

  async #fill(spool: Spool, signal: AbortSignal) {
    try {
      for await (const segment of this.#encoding?.segments ?? []) await spool.append(segment)
    } catch (error) {
      this.#warnOf(error, signal)
      void this.stop()
    }
    await spool.close()
  }

  #upload(spool: Spool, signal: AbortSignal) {
    return this.#needs.upload(spool, { signal, onProgress: (progress) => signal.aborted || this.#report(progress) })
  }

  #report(progress: UploadProgress) {
    this.progress = progress
    if (this.state.name === 'sending') this.state = sendingState(progress)
  }

  async #stop() {
    const { signal } = this.#abort
    this.state = sendingState(this.progress)
    const encoding = this.#encoding
    if (encoding) {
      const ended = within(stopLimitMs, encoding.stop(), () => new RecordingError('encoder-failed'))
      await ended.catch((error) => {
        // Whatever it still holds cannot be had: what came out before is complete and goes on.
        encoding.cancel()
        this.#warnOf(error, signal)
      })
    }
    this.capture?.stop()
    await this.#finish(signal)
  }

  async #finish(signal: AbortSignal) {
    try {
      await this.#sending
      if (signal.aborted || !this.update) return
      this.#release()
      this.state = { name: 'done', updateId: this.update.id }
    } catch (error) {
      if (!signal.aborted) this.#fail(error, true)
    }
  }

  #fail(error: unknown, recorded: boolean) {
    this.#release()
    const problem = problemOf(error)
    this.state = { name: 'failed', problem, recoverable: recorded && !lost.has(problem.name) }
    if (problem.name === 'nothing-recorded' && this.update) void this.#deleteUpdate(this.update.id)
  }

  /** Lets go of camera, microphone and screen. What the encoder has handed over can still be read. */
  #release() {
    this.#encoding?.cancel()
    this.capture?.stop()
    this.capture = null
  }

  async #deleteUpdate(updateId: string) {
    await this.#needs.deleteUpdate(updateId).catch(() => undefined)
  }

  #warnOf(error: unknown, signal: AbortSignal) {
    if (!signal.aborted) this.#warn(problemOf(error).name, true)
  }

  #warn(name: ProblemName, on: boolean) {
    const others = this.warnings.filter((warning) => warning.name !== name)
    if (on || others.length < this.warnings.length) this.warnings = on ? [...others, recordingProblem(name)] : others
  }
}

const sendingState = ({ sent, total }: UploadProgress): RecordingState => ({ name: 'sending', sent, total: Math.max(total, 1) })
