import { quietly } from '../recorder/upload/persistently.ts'
import type { RecordedUpdate } from '../recorder/upload/update-api.ts'
import type { ImportOptions } from './import-file.ts'
import { ImportError, type ImportProblem, type ImportProblemName, importProblem } from './import-problem.ts'
import type { PendingImport } from './pending.ts'

export type ImportState =
  | { name: 'waiting' }
  | { name: 'reading' }
  | { name: 'sending'; share: number }
  | { name: 'processing'; share: number }
  | { name: 'done'; remark: string | null }
  | { name: 'failed'; problem: ImportProblem }

export type ImportNeeds = {
  importFile(file: File, pending: PendingImport, options: ImportOptions): Promise<string | null>
  deleteUpdate(updateId: string): Promise<unknown>
  keep(pending: PendingImport): void
  forget(updateId: string): void
  /** Runs `work` while no other tab may do the same; false when one does. */
  alone(updateId: string, work: () => Promise<void>): Promise<boolean>
}

/** After these there is nothing to go on with. */
const ended = new Set<ImportProblemName>(['processing', 'gone', 'conflict', 'empty', 'too-large'])

/** One file on its way to an update. */
export class Importing {
  state = $state.raw<ImportState>({ name: 'waiting' })
  update = $state.raw<RecordedUpdate | null>(null)
  /** Why nothing moves right now. */
  trouble = $state.raw<string | null>(null)
  readonly file: File
  readonly #needs: ImportNeeds
  #pending: PendingImport
  #abort = new AbortController()

  constructor(file: File, pending: PendingImport, needs: ImportNeeds) {
    this.file = file
    this.#pending = pending
    this.#needs = needs
  }

  get candidateAnswer(): PendingImport['candidateAnswer'] {
    return this.#pending.candidateAnswer
  }
  get updateId(): string {
    return this.#pending.updateId
  }
  get isOver(): boolean {
    return this.state.name === 'done' || this.state.name === 'failed'
  }

  /** Resolves when it is done, has failed or was cancelled. */
  async start(): Promise<void> {
    if (this.#abort.signal.aborted) return
    this.state = { name: 'reading' }
    try {
      const isMine = await this.#needs.alone(this.updateId, () => this.#run())
      if (!isMine) this.#fail(importProblem(new ImportError('busy')))
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#fail(importProblem(error))
    }
  }

  /** Throws away what was sent. */
  async cancel(): Promise<void> {
    this.#abort.abort(new DOMException('cancelled', 'AbortError'))
    this.#needs.forget(this.updateId)
    await quietly(() => this.#needs.deleteUpdate(this.updateId))
  }

  async #run() {
    this.#needs.keep(this.#pending)
    const remark = await this.#needs.importFile(this.file, this.#pending, {
      signal: this.#abort.signal,
      onUpdate: (update) => {
        this.update = update
      },
      onSent: (share) => {
        this.state = { name: 'sending', share }
      },
      onTrouble: (title) => {
        this.trouble = title
      },
      onProcessing: (share) => {
        // All of it is there: after a reload this browser has nothing left to do.
        if (this.state.name !== 'processing') this.#needs.forget(this.updateId)
        this.state = { name: 'processing', share }
      },
      onAnew: (updateId) => {
        this.#needs.forget(this.updateId)
        this.#pending = { ...this.#pending, updateId }
        this.#needs.keep(this.#pending)
      },
    })
    this.#needs.forget(this.updateId)
    this.state = { name: 'done', remark }
  }

  #fail(problem: ImportProblem) {
    this.state = { name: 'failed', problem }
    if (ended.has(problem.name)) this.#needs.forget(this.updateId)
  }
}
