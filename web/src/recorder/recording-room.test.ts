import { expect, test, vi } from 'vitest'
import { deferred } from './channel.ts'
import { fakeTime, segment, studio } from './recording.fake.ts'
import type { RecordingNeeds } from './recording-state.ts'
import { openSpool } from './spool/spool.ts'
import { slowSpoolStore } from './spool/spool-store.fake.ts'

fakeTime()

test('when nothing more fits anywhere, it stops early and keeps what is there', async () => {
  const send: RecordingNeeds['send'] = async (spool, { onUpdate }) => {
    onUpdate?.({ id: 'update', url: '', videoId: 'video' })
    for await (const _ of spool.read());
  }
  const { started, segments } = studio({ send }, { room: 0 })
  const recording = await started()
  segments.push({ ...segment(0), bytes: new Uint8Array(8_000_000) })
  await vi.waitFor(() => expect(recording.warnings).toMatchObject([{ name: 'storage-gone' }]))
  segments.push({ ...segment(1), bytes: new Uint8Array(8_000_000) })
  await vi.waitFor(() => expect(recording.state).toEqual({ name: 'done', updateId: 'update' }))
  expect(recording.warnings.map(({ name }) => name)).toContain('storage-full')
})

test.each([
  ['that does not answer', () => new Promise<never>(() => {}), 'storage-silent'],
  ['that the browser does not have', () => Promise.reject(new Error('no store')), 'storage-none'],
])('without a storage, as one %s, it records all the same and says why it keeps nothing', async (_, opened, name) => {
  const openNowhere: RecordingNeeds['openSpool'] = (note, store) => (store ? openSpool(note, store) : opened())
  const { started, segments, did } = studio({ openSpool: openNowhere })
  const recording = await started()
  await vi.advanceTimersByTimeAsync(5000)
  segments.push(segment(1))
  await vi.waitFor(() => expect(did).toContain('sent 1'))
  expect([recording.warnings.map((warning) => warning.name), recording.isKept]).toEqual([[name], false])
})

test('what is in memory alone is not called kept, until the server has it', async () => {
  const arrived = deferred()
  const send: RecordingNeeds['send'] = async (spool, { onProgress }) => {
    for await (const { track, number } of spool.read()) {
      await arrived.promise
      await spool.confirm(track, number)
      onProgress({ sent: spool.sent, total: spool.total, trouble: null })
    }
  }
  const { started, segments } = studio({ send }, { room: 0 })
  const recording = await started()
  segments.push(segment(1))
  await vi.waitFor(() => expect([recording.deviceMs, recording.isKept]).toEqual([2000, false]))
  arrived.resolve()
  await vi.waitFor(() => expect(recording.isKept).toBe(true))
})

test('a disk that takes longer for a segment than it lasts is told, and what waits for it is bounded although nothing stops', async () => {
  const sent = new Set<number>()
  const send: RecordingNeeds['send'] = async (spool, { onUpdate }) => {
    onUpdate?.({ id: 'update', url: '', videoId: 'video' })
    for await (const { track, number } of spool.read()) {
      sent.add(number)
      await spool.confirm(track, number)
    }
  }
  const store = slowSpoolStore(() => 4000)
  const openSlow: RecordingNeeds['openSpool'] = (note) => openSpool(note, store)
  const { started, segments } = studio({ send, openSpool: openSlow })
  const recording = await started()
  let most = 0
  for (let number = 0; number < 60; number++) {
    segments.push(segment(number))
    await vi.advanceTimersByTimeAsync(2000)
    most = Math.max(most, number + 1 - sent.size)
  }
  expect(most).toBeLessThan(5)
  expect([recording.state.name, recording.warnings.map(({ name }) => name)]).toEqual(['recording', ['storage-silent']])
})

test.each([
  [29, 'storage-short'],
  [31, undefined],
])('with room for %i minutes it says before recording: %s', async (minutes, name) => {
  const { recording } = studio({ roomLeft: async () => ({ bytes: 1, ms: minutes * 60_000 }) })
  expect((await recording.checkRoom())?.name).toBe(name)
})

test.each([
  [9, 'storage-low'],
  [1, 'storage-very-low'],
])('while recording, with room for %i minutes it says: %s', async (minutes, name) => {
  const { started, segments } = studio({ roomLeft: async () => ({ bytes: 1, ms: minutes * 60_000 }) })
  const recording = await started()
  segments.push({ ...segment(0), durationMs: 12_000 })
  await vi.waitFor(() => expect(recording.warnings.map((warning) => warning.name)).toEqual([name]))
})
