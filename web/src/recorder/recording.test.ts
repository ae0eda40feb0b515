import { expect, test, vi } from 'vitest'
import { deferred } from './channel.ts'
import type { Encoding } from './encoding/encoder.ts'
import { choice, fakeTime, fresh, plan, segment, studio } from './recording.fake.ts'
import { RecordingError } from './recording-problem.ts'

fakeTime()

test('a recording counts down from three, is recorded, sent and becomes an update', async () => {
  const { recording, did, segments } = studio()
  void recording.start(choice, plan)
  const seen: number[] = []
  for (let second = 0; second < 3; second++) {
    await vi.advanceTimersByTimeAsync(second === 0 ? 0 : 1000)
    if (recording.state.name === 'countdown') seen.push(recording.state.seconds)
  }
  expect(seen).toEqual([3, 2, 1])
  await vi.advanceTimersByTimeAsync(1000)
  expect(recording.state.name).toBe('recording')
  segments.push(segment(0))
  segments.push(segment(1))
  await recording.stop()
  expect(recording.state).toEqual({ name: 'done', updateId: 'update' })
  expect(did).toEqual(expect.arrayContaining(['stopped', 'released', 'sent 0', 'sent 1', 'sent 2']))
})

test('the countdown can be skipped', async () => {
  const { recording } = studio()
  void recording.start(choice, plan)
  await vi.advanceTimersByTimeAsync(10)
  recording.skipCountdown()
  await vi.advanceTimersByTimeAsync(0)
  expect(recording.state.name).toBe('recording')
})

test('who starts twice is asked once, also while an earlier recording is put away and where nothing is counted down', async () => {
  const put = deferred()
  const first = deferred<number>()
  const acquire = vi.fn(async () => studio().capture)
  const { recording, encoding } = studio({ dropDiscarded: () => put.promise, acquire })
  encoding.start = () => first.promise
  const start = () => recording.start(choice, { ...plan, countdownSeconds: 0 })
  void start()
  await vi.advanceTimersByTimeAsync(10)
  await start()
  expect(recording.state).toEqual({ name: 'countdown', seconds: 0 })
  put.resolve()
  await vi.advanceTimersByTimeAsync(10)
  await start()
  expect(recording.state).toEqual({ name: 'countdown', seconds: 0 })
  first.resolve(0)
  await vi.advanceTimersByTimeAsync(10)
  expect(recording.state.name).toBe('recording')
  expect(acquire).toHaveBeenCalledTimes(1)
})

test('a start that was called off lets go of the screen, and does not end the next one when its picture never comes', async () => {
  const starts: Encoding['start'][] = [() => new Promise(() => {}), async () => 0]
  const encode = () => ({ ...fresh(), start: starts.shift()! })
  const { recording, did } = studio({ encode })
  const start = () => recording.start(choice, { ...plan, countdownSeconds: 0 })
  void start()
  await vi.advanceTimersByTimeAsync(10)
  await recording.discard()
  expect(recording.state).toEqual({ name: 'idle' })
  expect(did[0]).toBe('released')
  void start()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(recording.state.name).toBe('recording')
})

test('closing the picker is no error', async () => {
  const { recording } = studio({ acquire: async () => null })
  await recording.start(choice, plan)
  expect(recording.state).toEqual({ name: 'idle' })
})

test('a blocked camera is told with a next step', async () => {
  const { recording } = studio({ acquire: () => Promise.reject(new RecordingError('camera-blocked')) })
  await recording.start(choice, plan)
  expect(recording.state).toMatchObject({ name: 'failed', problem: { name: 'camera-blocked' }, recoverable: false })
})

test('a pause takes no time', async () => {
  const { started, pass } = studio()
  const recording = await started()
  pass(4000)
  recording.pause()
  pass(60_000)
  expect(recording.state).toEqual({ name: 'paused', elapsedMs: 4000 })
  recording.resume()
  pass(1000)
  expect(recording.elapsedMs).toBe(5000)
})

test('stopping twice stops once', async () => {
  const { started, did } = studio()
  const recording = await started()
  await Promise.all([recording.stop(), recording.stop()])
  await recording.stop()
  expect(did.filter((what) => what === 'stopped')).toHaveLength(1)
})

test("the browser's own stop button ends it like ours", async () => {
  const { started, ended } = studio()
  const recording = await started()
  ended.resolve()
  await vi.waitFor(() => expect(recording.state).toEqual({ name: 'done', updateId: 'update' }))
})

test('an encoder that does not stop is left behind, and what it gave before is kept', async () => {
  const { started, encoding, segments, did } = studio()
  encoding.stop = () => new Promise(() => {})
  const recording = await started()
  segments.push(segment(0))
  segments.push(segment(1))
  void recording.stop()
  await vi.advanceTimersByTimeAsync(10_000)
  await vi.waitFor(() => expect(recording.state.name).toBe('done'))
  expect(did).toContain('sent 1')
})

test('an encoder that fails ends the recording with what came before, the draft of a segment too', async () => {
  const { started, segments, did } = studio()
  const recording = await started()
  segments.push(segment(0))
  segments.push(segment(1))
  segments.push({ ...segment(2), draft: true })
  segments.end(new RecordingError('encoder-failed'))
  await vi.waitFor(() => expect(recording.state.name).toBe('done'))
  expect(recording.warnings).toMatchObject([{ name: 'encoder-failed' }])
  expect(did).toEqual(expect.arrayContaining(['sent 1', 'sent 2']))
})

test('what the person does while it records reaches picture, sound and chapters', async () => {
  const { started, did, pass } = studio()
  const recording = await started()
  recording.setMuted(true)
  recording.setPrivate(true)
  recording.draw([])
  await recording.changeMicrophone('usb')
  await recording.shareAnother()
  pass(4000)
  recording.mark()
  recording.mark('Demo')
  expect(did).toEqual(expect.arrayContaining(['muted', 'private', 'drew 0', 'microphone usb', 'other picture']))
  expect([recording.muted, recording.isPrivate]).toEqual([true, true])
  expect(recording.markers).toEqual([
    { atMs: 4000, title: 'Marker 1' },
    { atMs: 4000, title: 'Demo' },
  ])
})

test('stopping during the countdown records nothing', async () => {
  const { recording, ended, did } = studio()
  void recording.start(choice, plan)
  await vi.advanceTimersByTimeAsync(500)
  ended.resolve()
  await vi.advanceTimersByTimeAsync(5000)
  expect(recording.state).toEqual({ name: 'idle' })
  expect(did).toContain('released')
  expect(did).not.toContain('stopped')
})
