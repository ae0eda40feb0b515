import type { SpoolLine } from './spool-note.ts'
import type { KeptDraft, SpoolStore } from './spool-store.ts'

const allOf = (spoolId: string) => IDBKeyRange.bound([spoolId], [spoolId, []])

/** Spools in IndexedDB, for browsers without a file system of their own. Throws where there is no IndexedDB either. */
export async function openIndexedDbStore(): Promise<SpoolStore> {
  const opening = indexedDB.open('meanwhile-spools', 1)
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('log', { autoIncrement: true }).createIndex('spoolId', 'spoolId')
    opening.result.createObjectStore('segments')
  }
  const database = await answered(opening)

  /** One transaction that is on the disk when it resolves. */
  async function write(stores: string[], change: (transaction: IDBTransaction) => void): Promise<void> {
    const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' })
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'))
    })
    change(transaction)
    await done
  }
  const read = (store: string) => database.transaction(store, 'readonly').objectStore(store)

  return {
    kind: 'indexeddb',
    async spoolIds() {
      const ids = new Set<string>()
      for (const { spoolId } of (await answered(read('log').getAll())) as { spoolId: string }[]) ids.add(spoolId)
      return [...ids]
    },
    async lines(spoolId) {
      const rows: { line: SpoolLine }[] = await answered(read('log').index('spoolId').getAll(spoolId))
      return rows.map(({ line }) => line)
    },
    write: (spoolId, line) => write(['log'], (transaction) => void transaction.objectStore('log').add({ spoolId, line })),
    append: (spoolId, line, bytes) =>
      write(['log', 'segments'], (transaction) => {
        const { track, number } = line.segment
        transaction.objectStore('segments').put(new Blob([bytes]), [spoolId, track, number])
        transaction.objectStore('log').add({ spoolId, line })
      }),
    keepDraft: (spoolId, draft, bytes) =>
      write(['segments'], (transaction) => {
        const kept: KeptDraft = { ...draft, bytes }
        transaction.objectStore('segments').put(kept, [spoolId, draft.segment.track, 'draft'])
      }),
    draft: async (spoolId, track) => (await answered(read('segments').get([spoolId, track, 'draft']))) ?? null,
    body: async (spoolId, track, number) => (await answered(read('segments').get([spoolId, track, number]))) ?? null,
    drop: (spoolId, track, number) =>
      write(['segments'], (transaction) => void transaction.objectStore('segments').delete([spoolId, track, number])),
    close: async () => {},
    remove: (spoolId) =>
      write(['log', 'segments'], (transaction) => {
        transaction.objectStore('segments').delete(allOf(spoolId))
        const cursor = transaction.objectStore('log').index('spoolId').openKeyCursor(spoolId)
        cursor.onsuccess = () => {
          if (!cursor.result) return
          transaction.objectStore('log').delete(cursor.result.primaryKey)
          cursor.result.continue()
        }
      }),
  }
}

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
