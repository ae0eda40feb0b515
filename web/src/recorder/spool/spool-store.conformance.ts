import { newNote, type SpoolNote } from './spool-note.ts'
import type { SegmentLine, SpoolStore } from './spool-store.ts'

/** What every place for spools promises. Each check throws when the promise is broken; it runs in a browser and in Node. */
export const spoolPromises: Record<string, (store: SpoolStore) => Promise<void>> = {
  async 'a segment comes out as it went in'(store) {
    const { spoolId } = await begun(store)
    await store.append(spoolId, line('main', 1, 5), bytes(1, 5))
    const body = await store.body(spoolId, 'main', 1)
    equal([...new Uint8Array(await body!.arrayBuffer())], [1, 1, 1, 1, 1])
  },
  async 'the log comes back in the order in which it was written, whoever asks'(store) {
    const note = await begun(store)
    const { spoolId } = note
    await store.append(spoolId, line('main', 0, 3), bytes(0, 3))
    await Promise.all([
      store.append(spoolId, line('main', 1, 3), bytes(1, 3)),
      store.append(spoolId, line('camera', 0, 3), bytes(2, 3)),
      store.write(spoolId, { confirmed: ['main', 0] }),
    ])
    await store.close(spoolId)
    equal(await store.lines(spoolId), [
      { note },
      line('main', 0, 3),
      line('main', 1, 3),
      line('camera', 0, 3),
      { confirmed: ['main', 0] },
    ])
  },
  async 'two spools do not know of each other'(store) {
    const one = await begun(store)
    const other = await begun(store)
    await store.append(one.spoolId, line('main', 1, 2), bytes(1, 2))
    await store.append(other.spoolId, line('main', 1, 2), bytes(9, 2))
    await store.remove(one.spoolId)
    const ids = await store.spoolIds()
    equal([ids.includes(one.spoolId), ids.includes(other.spoolId)], [false, true])
    equal((await store.lines(one.spoolId)).length, 0)
    const body = await store.body(other.spoolId, 'main', 1)
    equal([...new Uint8Array(await body!.arrayBuffer())], [9, 9])
  },
  async 'the same segment can be kept again, shorter too'(store) {
    const { spoolId } = await begun(store)
    await store.append(spoolId, line('main', 1, 9), bytes(1, 9))
    await store.append(spoolId, line('main', 1, 4), bytes(2, 4))
    const body = await store.body(spoolId, 'main', 1)
    equal([...new Uint8Array(await body!.arrayBuffer())], [2, 2, 2, 2])
  },
  async 'the last draft of a track comes out as it went in, shorter than the one before too'(store) {
    const { spoolId } = await begun(store)
    await store.keepDraft(spoolId, line('main', 1, 9), bytes(10, 9))
    await store.keepDraft(spoolId, line('camera', 1, 2), bytes(2, 2))
    await store.keepDraft(spoolId, line('main', 2, 4), bytes(10, 4))
    const draft = await store.draft(spoolId, 'main')
    equal({ ...draft, bytes: [...draft!.bytes] }, { ...line('main', 2, 4), bytes: [10, 10, 10, 10] })
    equal([(await store.draft(spoolId, 'audio')) ?? null, (await store.body(spoolId, 'main', 2)) ?? null], [null, null])
    await store.remove(spoolId)
    equal(await store.draft(spoolId, 'main'), null)
  },
  async 'what is dropped or was never there is null'(store) {
    const { spoolId } = await begun(store)
    await store.append(spoolId, line('main', 1, 2), bytes(1, 2))
    await store.drop(spoolId, 'main', 1)
    equal([await store.body(spoolId, 'main', 1), await store.body(spoolId, 'main', 7)], [null, null])
    equal(await store.body(crypto.randomUUID(), 'main', 1), null)
  },
  async 'a spool that was closed goes on where it was'(store) {
    const note = await begun(store)
    await store.close(note.spoolId)
    await store.write(note.spoolId, { note: { ...note, closed: true } })
    await store.close(note.spoolId)
    equal(await store.lines(note.spoolId), [{ note }, { note: { ...note, closed: true } }])
  },
  async 'removing what is not there is fine'(store) {
    const { spoolId } = await begun(store)
    await store.remove(spoolId)
    await store.remove(spoolId)
    await store.remove(crypto.randomUUID())
  },
}

async function begun(store: SpoolStore): Promise<SpoolNote> {
  const note = newNote({ userId: 'ada', title: 'Title' })
  await store.write(note.spoolId, { note })
  return note
}

const bytes = (value: number, size: number) => new Uint8Array(size).fill(value)
const line = (track: 'main' | 'camera', number: number, sizeBytes: number): SegmentLine => ({
  segment: { track, number, sha256: 'a'.repeat(64), sizeBytes, durationMs: 2000 },
  clockMs: number * 2000,
})

/** Keys are told in one order: a log may give them back in another. */
function equal(actual: unknown, expected: unknown) {
  const text = (value: unknown) => JSON.stringify(value, (_, part) => sorted(part))
  if (text(actual) !== text(expected)) throw new Error(`expected ${text(expected)}, got ${text(actual)}`)
}
const sorted = (part: unknown) =>
  part && typeof part === 'object' && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
    : part
