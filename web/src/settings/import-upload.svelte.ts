import type { createImport, finishImport, listImportParts, storeImportPart } from '@meanwhile/shared/contract/imports'
import type { Problem } from '@meanwhile/shared/contract/problem'
import { ApiError, call, problemIn, urlFor } from '../api.ts'
import { bytesOf } from '../import/file-facts.ts'
import { mostBytes, partBytesOf } from '../import/parts-source.ts'
import { RecordingError } from '../recorder/recording-problem.ts'
import { sha256Of } from '../recorder/spool/sha256.ts'
import { inParallel } from '../recorder/upload/in-parallel.ts'
import { backOff, persistently } from '../recorder/upload/persistently.ts'
import { sendForm } from '../recorder/upload/send-form.ts'
import { say } from './storage-words.ts'
import type { ShownTransfer } from './transfers.svelte.ts'

const partUrl: (typeof storeImportPart)['url'] = '/api/imports/:transferId/parts/:number'
const parallel = 3

const told = (title: string, detail: string): Problem => ({ type: '/problems/invalid-request', title, detail, status: 0 })
const tooLarge = told(say('import.tooLarge'), say('import.tooLargeText'))
const another = told(say('import.other'), say('import.otherText'))
const unreadableNow = told(say('import.unreadable'), say('import.unreadableText'))

class ShownProblem extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.title)
    this.problem = problem
  }
}

/** What to show: of a refusal the server's own words. */
function shownProblem(error: unknown): Problem {
  if (error instanceof ShownProblem) return error.problem
  return problemIn(error instanceof RecordingError && error.cause instanceof ApiError ? error.cause : error)
}

const bytesFrom = (file: File, from: number, to: number) =>
  bytesOf(file, from, to).catch(() => {
    throw new ShownProblem(unreadableNow)
  })

/** The file of an export on its way to the server: in parts, for as long as it takes. What has arrived is not sent again. */
export class ImportUpload {
  /** From 0 to 1 while it goes on. */
  share = $state.raw<number | null>(null)
  /** Why nothing moves right now. */
  trouble = $state.raw<string | null>(null)
  problem = $state.raw<Problem | null>(null)
  readonly #as: string
  readonly #onChange: () => Promise<void>
  #abort = new AbortController()

  /** @param as on whose behalf @param onChange called when there is another state to be asked for */
  constructor(as: string, onChange: () => Promise<void>) {
    this.#as = as
    this.#onChange = onChange
  }

  /** Sends a file, or the rest of `unfinished`. Resolves when it is complete, has failed or was stopped. */
  async send(file: File, unfinished: ShownTransfer | undefined): Promise<void> {
    if (this.share !== null) return
    this.#abort = new AbortController()
    this.problem = null
    this.share = 0
    try {
      await this.#run(file, unfinished)
    } catch (error) {
      if (!this.#abort.signal.aborted) this.problem = shownProblem(error)
    } finally {
      this.share = null
      this.trouble = null
      if (!this.#abort.signal.aborted) await this.#onChange()
    }
  }

  /** Ends it here; what has arrived stays. */
  stop(): void {
    this.#abort.abort()
  }

  #patiently<T>(step: () => Promise<T>): Promise<T> {
    const onTrouble = (title: string | null) => {
      this.trouble = title
    }
    return persistently(step, { signal: this.#abort.signal, pause: backOff, onTrouble })
  }

  async #run(file: File, unfinished: ShownTransfer | undefined): Promise<void> {
    const { signal } = this.#abort
    if (file.size > mostBytes) throw new ShownProblem(tooLarge)
    if (unfinished && unfinished.sizeBytes !== file.size) throw new ShownProblem(another)
    const body = { name: file.name.slice(0, 255), sizeBytes: file.size }
    const { id: transferId } = unfinished ?? (await call<typeof createImport>('POST', '/api/imports', { body, as: this.#as }))
    await this.#onChange()
    const params = { transferId }
    const arrived = await this.#patiently(() =>
      call<typeof listImportParts>('GET', '/api/imports/:transferId/parts', { params, as: this.#as, signal }),
    )
    const partBytes = partBytesOf(file.size)
    const parts = Math.ceil(file.size / partBytes)
    const done = new Set(arrived.map(({ number }) => number))
    for (const { number, sha256 } of arrived.slice(0, 1))
      if ((await sha256Of(await bytesFrom(file, (number - 1) * partBytes, number * partBytes))) !== sha256)
        throw new ShownProblem(another)
    const send = async (number: number) => {
      const bytes = await bytesFrom(file, (number - 1) * partBytes, number * partBytes)
      const form = new FormData()
      form.append('sha256', await sha256Of(bytes))
      form.append('file', new Blob([bytes]), 'part')
      await this.#patiently(() => sendForm('PUT', urlFor(partUrl, { transferId, number }), form, this.#as, signal))
      done.add(number)
      this.share = done.size / parts
    }
    async function* missing() {
      for (let number = 1; number <= parts; number++) if (!done.has(number)) yield number
    }
    this.share = done.size / parts
    await inParallel(missing(), send, parallel, signal)
    const finish = { params, body: { parts }, as: this.#as, signal }
    await this.#patiently(() => call<typeof finishImport>('POST', '/api/imports/:transferId/finish', finish))
  }
}
