import type { SpoolNote } from '../recorder/spool/spool-note.ts'
import type { FileFacts } from './file-facts.ts'

/** An upload that has begun and is not complete: enough to go on with it when its file is chosen again. */
export type PendingImport = FileFacts &
  Pick<SpoolNote, 'channelId' | 'candidateAnswer'> & { updateId: string; title: string; startedAt: number }

type Store = Pick<Storage, 'getItem' | 'setItem'>

const isPending = (value: unknown): value is PendingImport =>
  typeof value === 'object' && value !== null && 'updateId' in value && 'fingerprint' in value && 'name' in value

/** The uploads on somebody's behalf that this browser remembers; where it remembers nothing, a reload begins anew. */
export class PendingImports {
  readonly #store: Store
  readonly #key: string
  constructor(store: Store, as: string) {
    this.#store = store
    this.#key = `meanwhile.imports.${as}`
  }

  all(): PendingImport[] {
    try {
      const found: unknown = JSON.parse(this.#store.getItem(this.#key) ?? '[]')
      return Array.isArray(found) ? found.filter(isPending) : []
    } catch {
      return []
    }
  }
  keep(one: PendingImport): void {
    this.#write([...this.all().filter(({ updateId }) => updateId !== one.updateId), one])
  }
  forget(updateId: string): void {
    this.#write(this.all().filter((each) => each.updateId !== updateId))
  }

  #write(all: PendingImport[]) {
    try {
      this.#store.setItem(this.#key, JSON.stringify(all))
    } catch {
      // Full or forbidden: the upload goes on, a reload would begin it anew.
    }
  }
}
