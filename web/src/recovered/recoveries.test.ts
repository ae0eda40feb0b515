import { expect, test, vi } from 'vitest'
import { ApiError } from '../api.ts'
import { deferred } from '../recorder/channel.ts'
import { RecordingError } from '../recorder/recording-problem.ts'
import { openSpool, type Spool, takeOverSpool } from '../recorder/spool/spool.ts'
import { SpoolContents } from '../recorder/spool/spool-contents.ts'
import { newNote, type SpoolNote } from '../recorder/spool/spool-note.ts'
import { fakeSpoolStore } from '../recorder/spool/spool-store.fake.ts'
import type { SendOptions } from '../recorder/upload/send-recording.ts'
import { Recoveries } from './recoveries.svelte.ts'

type Send = (spool: Spool, options: SendOptions) => Promise<void>
const refused = new ApiError({ type: '/problems/forbidden', title: 'Forbidden', status: 403 })
const sendAll: Send = (spool) => spool.remove()

/** A device on which something was left behind. */
async function device(notes: Partial<SpoolNote>[], send: Send = sendAll, segments = 2, arrived: boolean[] = [], known = false) {
  const store = fakeSpoolStore()
  for (const note of notes) {
    const spool = await openSpool(newNote({ userId: 'ada', title: 'Title', ...note }), store)
    for (let number = 0; number <= segments; number++) {
      const bytes = new Uint8Array([number])
      await spool.append({ track: 'main', number, bytes, durationMs: number && 2000 })
    }
    await spool.release()
  }
  const did: string[] = []
  const recoveries = new Recoveries({
    async list() {
      const ids = await store.spoolIds()
      const all = await Promise.all(ids.map(async (id) => new SpoolContents(await store.lines(id))))
      return all.map((contents) => ({ note: contents.note as SpoolNote, deviceMs: contents.deviceMs, sizeBytes: 0 }))
    },
    takeOver: (spoolId, signal) => takeOverSpool(spoolId, signal, store),
    async send(spool, options) {
      did.push(`sent ${spool.note.title}`)
      await send(spool, options)
    },
    deleteRecorded: async () => void did.push('deleted'),
    findRecorded: async () => (known ? 'video' : null),
    hasArrived: async () => {
      did.push('asked')
      if (arrived.length === 0) throw refused
      return arrived.shift() === true
    },
  })
  return { store, recoveries, did }
}

test('what was left behind is sent, told with its length, and leads to its update', async () => {
  const { store, recoveries } = await device([{ updateId: 'update' }])
  await recoveries.look()
  expect(recoveries.all).toHaveLength(1)
  expect(recoveries.all[0]).toMatchObject({ deviceMs: 4000, state: { name: 'done', path: '/u/update' } })
  expect(await store.spoolIds()).toEqual([])
})

test('several are sent one after the other', async () => {
  const first = deferred()
  const send: Send = async (spool) => {
    if (spool.note.title === 'One') await first.promise
    await spool.remove()
  }
  const { recoveries, did } = await device([{ title: 'One' }, { title: 'Two' }], send)
  const looking = recoveries.look()
  await vi.waitFor(() => expect(recoveries.all).toHaveLength(2))
  expect(did).toEqual(['sent One'])
  expect(recoveries.all[1]?.state).toEqual({ name: 'waiting' })
  first.resolve()
  await looking
  expect(did).toEqual(['sent One', 'sent Two'])
})

test('looking again does not find it twice', async () => {
  const { recoveries, did } = await device([{}], async () => {
    throw new RecordingError('update-gone')
  })
  await Promise.all([recoveries.look(), recoveries.look()])
  await recoveries.look()
  expect(did).toEqual(['sent Title'])
  expect(recoveries.all[0]?.state).toMatchObject({ name: 'failed', problem: { name: 'update-gone' } })
})

test('what the server will not take can be saved, or thrown away for good', async () => {
  const { store, recoveries, did } = await device([{ title: 'Demo' }], async () => {
    throw new RecordingError('update-gone')
  })
  await recoveries.look()
  const [recovery] = recoveries.all
  const [saved] = recovery?.parts ?? []
  expect(saved?.name).toBe('Demo.mp4')
  expect([...new Uint8Array(await (await recovery?.fileOf(saved!.part))!.arrayBuffer())]).toEqual([0, 1, 2])
  await recovery?.discard()
  expect(did).toContain('deleted')
  expect(new SpoolContents(await store.lines(recovery?.spoolId ?? '')).note).toMatchObject({ discarded: true, withdrawn: true })
})

test('what was thrown away is not sent; the server hears of it if it has not yet', async () => {
  const { store, recoveries, did } = await device([{ discarded: true, closed: true }])
  await recoveries.look()
  expect(did).toEqual(['deleted'])
  expect(await store.spoolIds()).toHaveLength(1)
  expect(recoveries.all).toEqual([])
})

test('a recording that never had a picture is cleared away', async () => {
  const { store, recoveries, did } = await device([{}], sendAll, 0)
  await recoveries.look()
  expect(did).toEqual(['deleted'])
  expect(await store.spoolIds()).toEqual([])
})

test('a recording of which the disk took nothing but a camera is recovered like any other', async () => {
  const { store, recoveries, did } = await device([{ title: 'Camera' }], sendAll, -1)
  const [spoolId = ''] = await store.spoolIds()
  const spool = await takeOverSpool(spoolId, undefined, store)
  for (const number of [0, 1])
    await spool?.append({ track: 'camera', number, bytes: new Uint8Array([1]), durationMs: number && 2000 })
  await spool?.release()
  await recoveries.look()
  expect(did).toEqual(['sent Camera'])
})

const update = { id: 'update', url: '', videoId: 'video' }
test.each([
  ['that never reached the server', update, [false], ['asked', 'deleted'], 0],
  ['that went to the server from memory', update, [true], ['asked'], 0],
  ['that went there although the disk did not even take that there is an update', null, [true], ['asked'], 0],
  ['of which nobody says whether it arrived', update, [], ['asked'], 1],
])('of a recording without a segment here, %s, the server keeps what it has', async (_, update, arrived, expected, left) => {
  const { store, recoveries, did } = await device([{ update }], sendAll, 0, arrived, true)
  await recoveries.look()
  expect(did).toEqual(expected)
  expect(await store.spoolIds()).toHaveLength(left)
})

test('what a disk does not give out is found when somebody looks again', async () => {
  const { store, recoveries, did } = await device([{}])
  const { lines } = store
  let reads = 0
  store.lines = async (spoolId) => {
    // It is listed, then taken over.
    if (++reads === 2) throw new DOMException('cannot be read', 'NotReadableError')
    return lines(spoolId)
  }
  await recoveries.look()
  expect(did).toEqual([])
  await recoveries.look()
  expect(did).toEqual(['sent Title'])
})

test('half a file waits for its import', async () => {
  const { store, recoveries, did } = await device([{ name: 'talk.mov' }])
  await recoveries.look()
  expect(did).toEqual([])
  expect(await store.spoolIds()).toHaveLength(1)
})

test('when the person signs out, the rest is left to a later visit', async () => {
  const send: Send = (_, { signal }) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  const { store, recoveries } = await device([{}], send)
  void recoveries.look()
  await vi.waitFor(() => expect(recoveries.all[0]?.state.name).toBe('sending'))
  await recoveries.leave()
  expect(recoveries.all).toEqual([])
  expect(await store.spoolIds()).toHaveLength(1)
})
