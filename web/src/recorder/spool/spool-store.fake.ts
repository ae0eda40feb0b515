import type { SpoolLine } from './spool-note.ts'
import type { KeptDraft, SpoolStore } from './spool-store.ts'

/** A store in memory, for tests: it keeps the same promises. `room` is how many bytes it takes. */
export function fakeSpoolStore({ room = Number.POSITIVE_INFINITY }: { room?: number } = {}) {
  const logs = new Map<string, SpoolLine[]>()
  const bodies = new Map<string, Blob>()
  const drafts = new Map<string, KeptDraft>()
  const nameOf = (spoolId: string, track: string, number: number) => `${spoolId}/${track}/${number}`
  const used = () => [...bodies.values()].reduce((sum, { size }) => sum + size, 0)
  const write = (spoolId: string, line: SpoolLine) => {
    logs.set(spoolId, [...(logs.get(spoolId) ?? []), structuredClone(line)])
  }
  const store: SpoolStore = {
    kind: 'opfs',
    spoolIds: async () => [...logs.keys()],
    lines: async (spoolId) => [...(logs.get(spoolId) ?? [])],
    write: async (spoolId, line) => write(spoolId, line),
    async append(spoolId, line, bytes) {
      if (used() + bytes.byteLength > room) throw new DOMException('full', 'QuotaExceededError')
      bodies.set(nameOf(spoolId, line.segment.track, line.segment.number), new Blob([bytes]))
      write(spoolId, line)
    },
    keepDraft: async (spoolId, draft, bytes) =>
      void drafts.set(`${spoolId}/${draft.segment.track}`, { ...structuredClone(draft), bytes: bytes.slice() }),
    draft: async (spoolId, track) => drafts.get(`${spoolId}/${track}`) ?? null,
    body: async (spoolId, track, number) => bodies.get(nameOf(spoolId, track, number)) ?? null,
    drop: async (spoolId, track, number) => void bodies.delete(nameOf(spoolId, track, number)),
    close: async () => {},
    async remove(spoolId) {
      logs.delete(spoolId)
      for (const name of drafts.keys()) if (name.startsWith(`${spoolId}/`)) drafts.delete(name)
      for (const name of bodies.keys()) if (name.startsWith(`${spoolId}/`)) bodies.delete(name)
    },
  }
  return { ...store, used }
}

/** A disk that takes one segment after the other, and needs `afterMs` for each of them. */
export function slowSpoolStore(afterMs: () => number): SpoolStore {
  const store = fakeSpoolStore()
  let last = Promise.resolve()
  return {
    ...store,
    append(...kept) {
      last = last.then(() => new Promise((resolve) => setTimeout(resolve, afterMs()))).then(() => store.append(...kept))
      return last
    },
  }
}
