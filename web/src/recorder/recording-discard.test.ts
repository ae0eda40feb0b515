import { expect, test, vi } from 'vitest'
import { unreachable } from '../api.ts'
import { deferred } from './channel.ts'
import { choice, fakeTime, fresh, plan, segment, studio } from './recording.fake.ts'
import { takeOverSpool } from './spool/spool.ts'

fakeTime()

test('what is discarded stays on this device until the next recording, and is not sent', async () => {
  const { started, segments, store } = studio({ send: async () => {} })
  const recording = await started()
  segments.push(segment(1))
  await vi.waitFor(() => expect(recording.deviceMs).toBe(2000))
  await recording.discard()
  const [spoolId = ''] = await store.spoolIds()
  expect((await takeOverSpool(spoolId, undefined, store))?.note).toMatchObject({ discarded: true, withdrawn: true })
})

test('beginning again keeps the sources, and throws away only what was recorded', async () => {
  const { started, did } = studio({ encode: () => fresh() })
  const recording = await started()
  void recording.restart()
  await vi.advanceTimersByTimeAsync(10)
  expect(recording.state).toEqual({ name: 'countdown', seconds: 3 })
  await vi.advanceTimersByTimeAsync(3000)
  expect(recording.state.name).toBe('recording')
  expect(did.some((what) => what.startsWith('deleted'))).toBe(true)
  expect(did).not.toContain('released')
})

test('beginning again without a countdown still ends what belonged to the first take, until the first picture is there', async () => {
  const { recording } = studio({ encode: () => fresh() })
  void recording.start(choice, { ...plan, countdownSeconds: 0 })
  await vi.advanceTimersByTimeAsync(10)
  expect(recording.state.name).toBe('recording')
  void recording.restart()
  expect(recording.state).toEqual({ name: 'countdown', seconds: 0 })
  await vi.advanceTimersByTimeAsync(10)
  expect(recording.state.name).toBe('recording')
})

test('discarding deletes the update and lets go of the screen', async () => {
  const { started, did } = studio()
  const recording = await started()
  await recording.discard()
  expect(recording.state).toEqual({ name: 'idle' })
  expect(did).toContain('released')
  expect(did.filter((what) => what.startsWith('deleted'))).toHaveLength(1)
})

test('discarding while the update is being created deletes it afterwards', async () => {
  const created = deferred()
  const { started, did } = studio({ send: () => created.promise })
  const recording = await started()
  void recording.discard()
  await vi.advanceTimersByTimeAsync(0)
  expect(did.some((what) => what.startsWith('deleted'))).toBe(false)
  created.resolve()
  await vi.advanceTimersByTimeAsync(0)
  expect(did.some((what) => what.startsWith('deleted'))).toBe(true)
  expect(recording.state).toEqual({ name: 'idle' })
})

test('a server that cannot be reached is told later, and nobody waits for that', async () => {
  let failures = 3
  const told: string[] = []
  const { recording, started } = studio({
    async deleteRecorded({ updateId }) {
      if (failures-- > 0) throw unreachable()
      told.push(updateId)
    },
  })
  await started()
  await recording.discard()
  expect([recording.state, told]).toEqual([{ name: 'idle' }, []])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toHaveLength(1)
})

test('what was discarded can be had back until the next recording has begun, not only its countdown', async () => {
  const { recording, did } = studio()
  void recording.start(choice, plan)
  await vi.advanceTimersByTimeAsync(2000)
  await recording.discard()
  void recording.start(choice, plan)
  await vi.advanceTimersByTimeAsync(2000)
  expect(did).not.toContain('dropped')
  await vi.advanceTimersByTimeAsync(1000)
  expect(recording.state.name).toBe('recording')
  expect(did).toContain('dropped')
})

test('after a discarded recording the next one starts afresh', async () => {
  const { recording, started } = studio()
  await started()
  await recording.discard()
  void recording.start(choice, plan)
  await vi.advanceTimersByTimeAsync(3000)
  expect(recording.state.name).toBe('recording')
  expect(recording.warnings).toEqual([])
})
