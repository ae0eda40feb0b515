import { expect, test, vi } from 'vitest'
import { channel, deferred } from './channel.ts'
import { fakeTime, fresh, segment, studio } from './recording.fake.ts'
import { RecordingError } from './recording-problem.ts'
import type { RecordingNeeds } from './recording-state.ts'
import type { Segment } from './segment.ts'
import { sha256Of } from './spool/sha256.ts'
import { openSpool, takeOverSpool } from './spool/spool.ts'
import { fakeSpoolStore } from './spool/spool-store.fake.ts'
import type { SpoolStore } from './spool/spool-store.ts'

fakeTime()

test('a refused upload warns while it records, can be tried again after the stop, and then succeeds', async () => {
  let accepted = false
  const send: RecordingNeeds['send'] = async (spool, { onUpdate }) => {
    onUpdate?.({ id: 'update', url: '', videoId: 'video' })
    for await (const { track, number } of spool.read()) {
      if (!accepted) throw new RecordingError('refused')
      await spool.confirm(track, number)
    }
  }
  const { started, segments } = studio({ send })
  const recording = await started()
  segments.push(segment(0))
  await vi.waitFor(() => expect(recording.warnings).toMatchObject([{ name: 'refused' }]))
  expect(recording.state.name).toBe('recording')
  await recording.stop()
  expect(recording.state).toMatchObject({ name: 'failed', recoverable: true })
  accepted = true
  await recording.retry()
  expect(recording.state).toEqual({ name: 'done', updateId: 'update' })
})

test('it starts and goes on without a network, and what was recorded is there when sending works at last', async () => {
  let online = false
  const send: RecordingNeeds['send'] = async (spool, { onUpdate }) => {
    if (!online) throw new RecordingError('refused')
    onUpdate?.({ id: 'late', url: 'https://here/u/late', videoId: 'video' })
    await spool.remove()
  }
  const { started, segments, store } = studio({ send })
  const recording = await started()
  segments.push(segment(0))
  segments.push(segment(1))
  await recording.stop()
  expect(recording.state).toMatchObject({ name: 'failed', recoverable: true })
  expect(recording.deviceMs).toBe(6000)
  expect(store.used()).toBe(3)
  online = true
  await recording.retry()
  expect(recording.state).toEqual({ name: 'done', updateId: 'late' })
  expect(await store.spoolIds()).toEqual([])
})

test('what the server will never take stays on this device, and is let go of', async () => {
  const { started, segments, store, did } = studio({
    send: () => Promise.reject(new RecordingError('update-gone')),
  })
  const recording = await started()
  segments.push(segment(1))
  await recording.stop()
  expect(recording.state).toMatchObject({ name: 'failed', recoverable: false })
  await recording.leave()
  expect(did.some((what) => what.startsWith('deleted'))).toBe(false)
  expect(store.used()).toBe(2)
})

test('a slow disk makes the end late, and costs nothing that was recorded', async () => {
  const store = fakeSpoolStore()
  let asked = 0
  const append: SpoolStore['append'] = async (...segment) => {
    asked++
    await new Promise((resolve) => setTimeout(resolve, 4000))
    await store.append(...segment)
  }
  const segments = channel<Segment>()
  const end = () => segments.end()
  const sent: [number: number, isWhole: boolean][] = []
  const { started, did } = studio({
    encode: () => ({ ...fresh(), segments: segments.items, stop: async () => end(), cancel: end }),
    openSpool: (note) => openSpool(note, { ...store, append }),
    async send(spool, { onUpdate }) {
      onUpdate?.({ id: 'update', url: '', videoId: 'video' })
      for await (const { number, body, sha256 } of spool.read())
        sent.push([number, (await sha256Of(new Uint8Array(await body.arrayBuffer()))) === sha256])
    },
  })
  const recording = await started()
  for (const number of [0, 1, 2, 3, 4]) {
    if (number > 0) segments.push({ ...segment(number), bytes: new Uint8Array([9]), draft: true })
    segments.push(segment(number))
  }
  const stopping = recording.stop()
  for (const number of [1, 2, 3, 4, 5]) {
    await vi.waitFor(() => expect(asked).toBe(number))
    // Camera and screen are not needed any more.
    expect(did).toContain('released')
    await vi.advanceTimersByTimeAsync(4000)
  }
  await stopping
  expect(sent).toEqual([0, 1, 2, 3, 4].map((number) => [number, true]))
})

test('both counters are honest: what is on this device, and what is safe on the server', async () => {
  const confirmed = deferred()
  const send: RecordingNeeds['send'] = async (spool, { onProgress }) => {
    for await (const { track, number } of spool.read()) {
      if (number === 1) await confirmed.promise
      await spool.confirm(track, number)
      onProgress({ sent: spool.sent, total: spool.total, trouble: null })
    }
  }
  const { started, segments } = studio({ send })
  const recording = await started()
  segments.push({ ...segment(0), durationMs: 0 })
  segments.push(segment(1))
  await vi.waitFor(() => expect(recording.deviceMs).toBe(2000))
  expect(recording.serverMs).toBe(0)
  confirmed.resolve()
  await vi.waitFor(() => expect(recording.serverMs).toBe(2000))
})

test('leaving keeps what was recorded for whoever comes next', async () => {
  const send: RecordingNeeds['send'] = async (_, { signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  const { started, segments, store, did } = studio({ send })
  const recording = await started()
  segments.push(segment(0))
  segments.push(segment(1))
  await recording.leave()
  expect(did).toEqual(expect.arrayContaining(['stopped', 'released']))
  expect(did).not.toContain('deleted update')
  const [spoolId = ''] = await store.spoolIds()
  const spool = await takeOverSpool(spoolId, undefined, store)
  expect(spool?.note).toMatchObject({ userId: 'ada', title: 'Title', closed: true })
  expect(spool?.lastOf('main')).toBe(2)
})
