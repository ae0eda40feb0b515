import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { untilDone } from './until-done.ts'

beforeEach(() => {
  vi.useFakeTimers()
  const window = new EventTarget()
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window))
  vi.stubGlobal('dispatchEvent', window.dispatchEvent.bind(window))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('what failed is tried again, later each time, at once when the network is back, and no more once it has worked', async () => {
  const work = vi.fn(async () => work.mock.calls.length >= 4)
  const done = untilDone(work, new AbortController().signal)
  await vi.advanceTimersByTimeAsync(1_999)
  expect(work).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(work).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(3_999)
  expect(work).toHaveBeenCalledTimes(2)
  dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(0)
  expect(work).toHaveBeenCalledTimes(3)
  await vi.advanceTimersByTimeAsync(8_000)
  await done
  await vi.advanceTimersByTimeAsync(600_000)
  expect(work).toHaveBeenCalledTimes(4)
})

test('what nobody waits for any more is not tried again', async () => {
  const unwanted = new AbortController()
  const work = vi.fn(async () => false)
  const done = untilDone(work, unwanted.signal)
  await vi.advanceTimersByTimeAsync(1_000)
  unwanted.abort()
  await vi.advanceTimersByTimeAsync(1_000)
  await done
  expect(work).toHaveBeenCalledTimes(1)
})
