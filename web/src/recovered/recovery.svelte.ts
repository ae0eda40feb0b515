import { problemOf, type RecordingProblem } from '../recorder/recording-problem.ts'
import { type WithdrawNeeds, withdraw } from '../recorder/spool/discarded.ts'
import { blobOf, fileNameOf, type LocalPart, localCopy } from '../recorder/spool/local-copy.ts'
import type { Spool } from '../recorder/spool/spool.ts'
import { pathOf } from '../recorder/spool/spool-note.ts'
import type { SendOptions } from '../recorder/upload/send-recording.ts'
import type { UploadProgress } from '../recorder/upload/uploader.ts'

export type RecoveryState =
  | { name: 'waiting' }
  | { name: 'sending' }
  | { name: 'done'; path: string }
  | { name: 'failed'; problem: RecordingProblem }
  | { name: 'discarded' }

export type RecoveryNeeds = WithdrawNeeds & {
  send(spool: Spool, options: SendOptions): Promise<void>
}

/** One recording that was left behind, on its way to the server. */
export class Recovery {
  state = $state.raw<RecoveryState>({ name: 'waiting' })
  progress = $state.raw<UploadProgress>({ sent: 0, total: 0, trouble: null })
  readonly spool: Spool
  readonly deviceMs: number
  readonly #needs: RecoveryNeeds
  readonly #abort = new AbortController()

  constructor(spool: Spool, needs: RecoveryNeeds) {
    this.spool = spool
    this.deviceMs = spool.deviceMs
    this.#needs = needs
    this.progress = { sent: spool.sent, total: spool.total, trouble: null }
  }

  get spoolId(): string {
    return this.spool.note.spoolId
  }

  /** Sends what the server does not have. What the server will not take stays here. */
  async send(): Promise<void> {
    const { signal } = this.#abort
    if (signal.aborted) return
    this.state = { name: 'sending' }
    try {
      // A crash left it open; nobody will add to it any more.
      if (!this.spool.note.closed) await this.spool.close()
      const onProgress = (progress: UploadProgress) => {
        this.progress = progress
      }
      await this.#needs.send(this.spool, { signal, onProgress })
      this.state = { name: 'done', path: pathOf(this.spool.note) }
    } catch (error) {
      if (!signal.aborted) this.state = { name: 'failed', problem: problemOf(error) }
    }
  }

  /** Sends it to another place than it was recorded for; null is the whole workspace. */
  async sendTo(channelId: string | null): Promise<void> {
    await this.spool.change({ channelId })
    await this.send()
  }

  /** Throws it away here and on the server. It can be restored on the record page until the next recording starts. */
  async discard(): Promise<void> {
    this.#abort.abort(new DOMException('discarded', 'AbortError'))
    this.state = { name: 'discarded' }
    await this.spool.change({ discarded: true, closed: true })
    await withdraw(this.spool, this.#needs)
  }

  /** Stops sending here, so that somebody else may. */
  async leave(): Promise<void> {
    this.#abort.abort(new DOMException('left', 'AbortError'))
    await this.spool.release()
  }

  get parts(): { name: string; part: LocalPart }[] {
    const copy = localCopy(this.spool.entries)
    return copy.parts.map((part) => ({ name: fileNameOf(part, copy, this.spool.note.title, this.spool.note.name), part }))
  }
  /** False when some of it is on the server alone. */
  get isComplete(): boolean {
    return localCopy(this.spool.entries).complete
  }

  fileOf = (part: LocalPart): Promise<Blob> => blobOf(part, this.spool)
}
