import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { unreachable } from '../../api.ts'
import { withdraw } from './discarded.ts'
import { openSpool, takeOverSpool } from './spool.ts'
import { SpoolContents } from './spool-contents.ts'
import { newNote } from './spool-note.ts'
import { fakeSpoolStore } from './spool-store.fake.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Something thrown away, and a server that cannot be reached for a while. */
async function thrownAway({ failures = 3, segments = 1 } = {}) {
  const store = fakeSpoolStore()
  const spool = await openSpool(newNote({ userId: 'ada', title: 'Title', discarded: true, closed: true }), store)
  for (let number = 0; number <= segments; number++)
    await spool.append({ track: 'main', number, bytes: new Uint8Array(1), durationMs: number && 2000 })
  const { spoolId, updateId } = spool.note
  const told: string[] = []
  const deleteRecorded = async ({ updateId }: { updateId: string }) => {
    if (failures-- > 0) throw unreachable()
    told.push(updateId)
  }
  await withdraw(spool, { deleteRecorded }, store)
  return {
    store,
    updateId,
    told,
    deleteRecorded,
    note: async () => new SpoolContents(await store.lines(spoolId)).note,
    takeOver: async () => (await takeOverSpool(spoolId, undefined, store))!,
  }
}

test('the server is told until it has heard that something was thrown away, whoever comes upon it meanwhile', async () => {
  const { store, updateId, told, deleteRecorded, note, takeOver } = await thrownAway()
  await withdraw(await takeOver(), { deleteRecorded }, store)
  expect([told, await note()]).toMatchObject([[], { discarded: true }])
  await vi.advanceTimersByTimeAsync(10_000)
  expect([told, await note()]).toMatchObject([[updateId], { withdrawn: true }])
})

test('what was restored meanwhile is not noted as withdrawn', async () => {
  const { updateId, told, note, takeOver } = await thrownAway()
  const restored = await takeOver()
  await restored.change({ discarded: false, updateId: 'another' })
  await restored.release()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toEqual([updateId])
  expect((await note())?.withdrawn).toBeUndefined()
})

test('what has nothing to see goes as soon as the server has heard', async () => {
  const { store, told } = await thrownAway({ segments: 0 })
  expect(await store.spoolIds()).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toHaveLength(1)
  expect(await store.spoolIds()).toEqual([])
})
