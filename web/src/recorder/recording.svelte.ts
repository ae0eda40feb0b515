import type { Capture, Choice } from './capture/capture.ts'
import { Countdown } from './countdown.ts'
import { RecordingControls } from './recording-controls.svelte.ts'
import { type ProblemName, problemOf, type RecordingProblem, recordingProblem } from './recording-problem.ts'
import type { RecordingNeeds, RecordingPlan, RecordingState } from './recording-state.ts'
import type { Spool } from './spool/spool.ts'
import { newNote, type SpoolNote } from './spool/spool-note.ts'
import { problemBefore, type StorageRoom } from './spool/storage-room.ts'
import { Take } from './take.ts'
import type { RecordedUpdate } from './upload/update-api.ts'
import type { UploadProgress } from './upload/uploader.ts'

/** After these the server does not want this recording any more: sending it again is useless. */
const lost = new Set<ProblemName>(['update-gone', 'segment-conflict', 'segment-lost', 'nothing-recorded', 'copy-differs'])
const nothingSent: UploadProgress = { sent: 0, total: 0, trouble: null }
/** Screen and camera at their best; the true rate is measured while it records. */
const expectedBytesPerSecond = 400_000

/** One recording, from the choice of what to record to the update that it becomes. */
export class Recording extends RecordingControls {
  state = $state.raw<RecordingState>({ name: 'idle' })
  /** True while the browser asks the person what to share. */
  asking = $state.raw(false)
  /** The update that this becomes; there shortly after the start, when there is a network. */
  update = $state.raw<RecordedUpdate | null>(null)
  progress = $state.raw<UploadProgress>(nothingSent)
  /** Length that is on this device, and length that is safe on the server, in ms. */
  deviceMs = $state.raw(0)
  serverMs = $state.raw(0)
  /** False when what is recorded is lost with this tab. */
  isKept = $state.raw(true)
  /** What still fits on this device; null when it is not known. */
  room = $state.raw<StorageRoom | null>(null)

  readonly #needs: RecordingNeeds
  #choice: Choice | null = null
  #plan: RecordingPlan = { title: '' }
  #countdown = new Countdown()
  #stopping: Promise<void> | null = null
  #endedMs = 0

  constructor(needs: RecordingNeeds) {
    super()
    this.#needs = needs
  }

  get elapsedMs(): number {
    const { state } = this
    if (state.name === 'recording') return state.elapsedMs + this.#now() - state.since
    return state.name === 'paused' ? state.elapsedMs : this.#endedMs
  }
  get isRunning(): boolean {
    return this.state.name === 'recording' || this.state.name === 'paused'
  }

  /** Measures what fits on this device, and returns what to say about it before recording. */
  async checkRoom(): Promise<RecordingProblem | null> {
    this.room = await this.#needs.roomLeft(expectedBytesPerSecond)
    const name = problemBefore(this.room)
    return name && recordingProblem(name)
  }

  /** Asks for the sources, counts down and records; a network is not needed. Call it from a click. */
  async start(choice: Choice, plan: RecordingPlan): Promise<void> {
    if (this.asking || (this.state.name !== 'idle' && this.state.name !== 'failed')) return
    this.#reset(choice, plan)
    this.asking = true
    try {
      const capture = await this.#needs.acquire(choice).finally(() => {
        this.asking = false
      })
      if (!capture) return
      if (this.#choice !== choice) return capture.stop()
      this.#follow(capture)
      this.#countFrom()
      await this.#leavePrevious()
      if (this.capture === capture) await this.#record(capture)
    } catch (error) {
      if (this.#choice === choice) this.#fail(error, false)
    }
  }

  skipCountdown(): void {
    this.#countdown.skip()
  }

  pause(): void {
    if (this.state.name !== 'recording') return
    this.take?.encoding.pause()
    this.state = { name: 'paused', elapsedMs: this.elapsedMs }
  }

  resume(): void {
    if (this.state.name !== 'paused') return
    this.take?.encoding.resume()
    this.state = { name: 'recording', since: this.#now(), elapsedMs: this.state.elapsedMs }
  }

  /** Ends the recording and sends the rest of it. Calling it again changes nothing. */
  stop(): Promise<void> {
    if (this.state.name === 'countdown') return this.discard()
    if (this.isRunning) this.#stopping = this.#stop()
    return this.#stopping ?? Promise.resolve()
  }

  /** Sends again what is still here after sending failed. @param part what is different now */
  async retry(part: Pick<SpoolNote, 'channelId'> = {}): Promise<void> {
    if (this.state.name !== 'failed' || !this.state.recoverable || !this.take) return
    if ('channelId' in part) await this.take.change(part)
    this.state = sendingState(this.progress)
    this.take.send()
    await this.#finish(this.take)
  }

  /** Throws the recording away, on the server too. It can be restored until the next one starts. */
  async discard(): Promise<void> {
    const take = this.take
    this.take = this.#choice = null
    this.#countdown.skip()
    this.#release()
    this.state = { name: 'idle' }
    await take?.discard()
  }

  /** Throws away what was recorded so far and begins again with the same sources. */
  async restart(): Promise<void> {
    const { capture } = this
    if (!this.isRunning || !capture) return
    void this.take?.discard()
    this.#clear()
    this.#countFrom()
    await this.#record(capture)
  }

  /** The page goes away: ends the recording; what is left is sent from any page of the site. */
  async leave(): Promise<void> {
    const take = this.take
    if (this.state.name === 'countdown' || !take) return this.discard()
    this.take = this.#choice = null
    await take.leave()
    this.#release()
  }

  #now = () => this.#needs.now?.() ?? performance.now()

  #reset(choice: Choice, plan: RecordingPlan) {
    this.#choice = choice
    this.#plan = plan
    this.layout = plan.layout ?? null
    this.#clear()
    this.state = { name: 'idle' }
  }

  #clear() {
    this.#stopping = null
    this.update = null
    this.warnings = []
    this.questions = (this.#plan.questions ?? []).map((text) => text.slice(0, 120))
    this.markers = this.questions.slice(0, 1).map((title) => ({ atMs: 0, title }))
    this.progress = nothingSent
    this.deviceMs = this.serverMs = this.#endedMs = 0
    this.isKept = true
    this.isPrivate = false
  }

  /** What could not be sent before is left to be recovered. */
  async #leavePrevious() {
    const previous = this.take
    this.take = null
    await previous?.leave()
  }

  #follow(capture: Capture) {
    this.capture = capture
    this.warnings = capture.warnings
    this.muted = false
    capture.onMicrophoneLost(() => this.warn('microphone-lost', true))
    capture.onCameraLost(() => this.warn('camera-lost', true))
    void capture.ended.then(() => {
      if (this.capture === capture) void this.stop()
    })
  }

  /** From here on nothing else can be started. Where nothing is counted down, there is still the first picture to wait for. */
  #countFrom() {
    this.#countdown = new Countdown()
    this.state = { name: 'countdown', seconds: this.#plan.countdownSeconds ?? 3 }
  }

  /** The encoder warms up and the spool is opened during the countdown. */
  async #record(capture: Capture) {
    const take = this.#prepare(capture)
    this.take = take
    try {
      await this.#countdown.run(this.#plan.countdownSeconds ?? 3, (seconds) => {
        this.state = { name: 'countdown', seconds }
      })
      if (this.take !== take) return
      const elapsedMs = await take.start()
      if (this.take !== take) return
      this.state = { name: 'recording', since: this.#now(), elapsedMs }
    } catch (error) {
      if (this.take === take) this.#fail(error, false)
      return
    }
    // What was thrown away before could be had back until now.
    await this.#needs.dropDiscarded(this.#needs.userId).catch(() => undefined)
  }

  #prepare(capture: Capture): Take {
    const { title, answers, channelId, live, round, pairingId, positionId, candidateAnswer } = this.#plan
    const note = newNote({
      userId: this.#needs.userId,
      workspaceId: this.#needs.workspaceId,
      title,
      ...(answers && { answers }),
      ...(channelId && { channelId }),
      ...(round && { round, chapters: this.markers }),
      ...(pairingId && { pairingId }),
      ...(positionId && { positionId }),
      ...(candidateAnswer && { candidateAnswer }),
      ...(live && { live }),
      layout: capture.camera ? this.layout : null,
      tracks: capture.camera ? ['main', 'camera'] : ['main'],
    })
    const options = {
      quality: this.#choice?.quality ?? '1080p',
      content: capture.source === 'camera' ? ('motion' as const) : ('detail' as const),
      onStalled: (stalled: boolean) => this.warn('picture-stalled', stalled),
      onTrouble: (name: ProblemName) => this.warn(name, true),
    }
    const take: Take = new Take(this.#needs, capture, options, note, {
      clock: () => this.elapsedMs,
      onWarning: (name, on) => this.take === take && this.warn(name, on),
      onSpool: (spool) => this.take === take && this.#measure(spool),
      onRoom: (room) => {
        this.room = room
      },
      onUpdate: (update) => {
        if (this.take === take) this.update = update
      },
      onProgress: (progress) => this.take === take && this.#report(progress),
      onEncoded: () => capture.stop(),
      onBroken: () => this.take === take && void this.stop(),
    })
    return take
  }

  #spool: Spool | null = null
  #measure(spool: Spool) {
    this.#spool = spool
    this.deviceMs = spool.deviceMs
    this.serverMs = spool.serverMs
    this.isKept = spool.place !== 'nowhere' && !spool.overflowing
  }

  #report(progress: UploadProgress) {
    this.progress = progress
    if (this.#spool) this.#measure(this.#spool)
    if (this.state.name === 'sending') this.state = sendingState(progress)
  }

  async #stop() {
    const take = this.take
    if (!take) return
    this.#endedMs = this.elapsedMs
    this.state = sendingState(this.progress)
    await take.stop()
    await this.#finish(take)
  }

  async #finish(take: Take) {
    try {
      await take.sent
      if (this.take !== take || !this.update) return
      this.#release()
      this.state = { name: 'done', updateId: this.update.id }
      this.take = null
    } catch (error) {
      if (this.take === take) this.#fail(error, true)
    }
  }

  #fail(error: unknown, recorded: boolean) {
    this.#release()
    const problem = problemOf(error)
    const recoverable = recorded && !lost.has(problem.name)
    this.state = { name: 'failed', problem, recoverable }
    if (recoverable) return
    // What the server will never take can still be saved or thrown away, where it is offered on every page.
    if (recorded && problem.name !== 'nothing-recorded') void this.take?.leave()
    else void this.take?.discard()
    this.take = null
  }

  /** Lets go of camera, microphone and screen. What the encoder has handed over can still be read. */
  #release() {
    this.take?.encoding.cancel()
    this.capture?.stop()
    this.capture = null
  }
}

const sendingState = ({ sent, total }: UploadProgress): RecordingState => ({ name: 'sending', sent, total: Math.max(total, 1) })
