import { quietly } from '../recorder/upload/persistently.ts'
import { deleteUpdate } from '../recorder/upload/update-api.ts'
import { factsOf, isSameFile } from './file-facts.ts'
import { importFile } from './import-file.ts'
import { Importing, type ImportNeeds } from './importing.svelte.ts'
import { type PendingImport, PendingImports } from './pending.ts'
import { titleFrom } from './title-from.ts'

/** Web Locks: where they are missing, two tabs send the same bytes twice, which does no harm. */
async function alone(updateId: string, work: () => Promise<void>): Promise<boolean> {
  if (!navigator.locks) {
    await work()
    return true
  }
  return navigator.locks.request(`meanwhile-import-${updateId}`, { ifAvailable: true }, async (lock) => {
    if (lock) await work()
    return lock !== null
  })
}

/** The files that a person uploads in this tab, one after the other, and those that wait to be chosen again. */
export class Imports {
  all = $state.raw<Importing[]>([])
  /** Began before, in this browser; to go on with one its file must be chosen again. */
  unfinished = $state.raw<PendingImport[]>([])
  /** Where files are posted that are added from now on; null is the whole workspace. */
  channelId: string | null = null
  /** What they answer, where a candidate sends them. */
  candidateAnswer: PendingImport['candidateAnswer']
  readonly #pending: PendingImports
  readonly #needs: ImportNeeds
  #queue: Promise<void> = Promise.resolve()

  constructor(as: string, needs: Partial<ImportNeeds> = {}) {
    this.#pending = new PendingImports(localStorage, as)
    this.#needs = {
      importFile: (file, pending, options) => importFile(file, pending, as, options),
      deleteUpdate: (updateId) => deleteUpdate(updateId, as),
      alone,
      keep: (pending) => this.#pending.keep(pending),
      forget: (updateId) => this.#pending.forget(updateId),
      ...needs,
    }
    this.#look()
    // On any page of the site: what is sent from this tab stops when it is closed.
    addEventListener('beforeunload', (event) => {
      if (this.running.some(({ state }) => state.name !== 'processing')) event.preventDefault()
    })
  }

  /** Files that are on their way or wait for their turn. */
  get running(): Importing[] {
    return this.all.filter(({ isOver }) => !isOver)
  }

  /** Puts files at the end of the queue. One that was begun before goes on where it stopped. */
  async add(files: Iterable<File>): Promise<void> {
    const { channelId } = this
    for (const file of files) {
      const pending = await this.#pendingFor(file, channelId)
      if (this.running.some(({ updateId }) => updateId === pending.updateId)) continue
      this.#put(new Importing(file, pending, this.#needs))
    }
  }

  /** Goes on with one that failed. */
  retry(one: Importing): void {
    this.#remove(one)
    void this.add([one.file])
  }

  async cancel(one: Importing): Promise<void> {
    this.#remove(one)
    const cancelled = one.cancel()
    this.#look()
    await cancelled
  }

  /** Takes one that is over off the list. */
  dismiss(one: Importing): void {
    this.#remove(one)
    this.#look()
  }

  /** Gives up one that waits for its file, with what the server has of it. */
  async giveUp({ updateId }: PendingImport): Promise<void> {
    this.#pending.forget(updateId)
    this.#look()
    await quietly(() => this.#needs.deleteUpdate(updateId))
  }

  async #pendingFor(file: File, channelId: string | null): Promise<PendingImport> {
    // One that cannot be read fails when it is sent, and says so there.
    const facts = await factsOf(file).catch(() => null)
    const known = facts && this.#pending.all().find((each) => isSameFile(each, facts))
    // What was begun goes on to where it was meant to go.
    if (known) return known
    const unread = { name: file.name, sizeBytes: file.size, lastModified: file.lastModified, fingerprint: crypto.randomUUID() }
    const answer = this.candidateAnswer && { candidateAnswer: this.candidateAnswer }
    const made = { updateId: crypto.randomUUID(), title: titleFrom(file.name), startedAt: Date.now(), channelId, ...answer }
    return { ...(facts ?? unread), ...made }
  }

  #put(one: Importing) {
    this.all = [...this.all, one]
    this.#look()
    this.#queue = this.#queue.then(() => one.start()).then(() => this.#look())
  }

  #remove(one: Importing) {
    this.all = this.all.filter((each) => each !== one)
  }

  #look() {
    const here = new Set(this.all.filter(({ isOver }) => !isOver).map(({ updateId }) => updateId))
    this.unfinished = this.#pending.all().filter(({ updateId }) => !here.has(updateId))
  }
}

let kept: { as: string; imports: Imports } | undefined

/** The uploads of this tab: they go on while the person looks at other pages of the site. */
export function importsOf(as: string): Imports {
  if (kept?.as !== as) kept = { as, imports: new Imports(as) }
  return kept.imports
}
