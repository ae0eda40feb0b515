import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followChanges } from './follow-changes.ts'
import type { LiveMessage } from './live.svelte.ts'

const live = vi.hoisted(() => ({ tell: (_: unknown) => {}, stop: vi.fn() }))
vi.mock('./live.svelte.ts', () => ({
  onLive: (listener: (message: LiveMessage) => void) => {
    live.tell = listener as (message: unknown) => void
    return live.stop
  },
}))

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('a burst of what concerns it is one request, what comes later another, and nothing is asked after it stopped', () => {
  const refresh = vi.fn()
  const stop = followChanges((type) => type === 'channel', refresh)
  live.tell({ type: 'comment' })
  vi.advanceTimersByTime(1000)
  expect(refresh).not.toHaveBeenCalled()
  for (let index = 0; index < 20; index++) live.tell({ type: 'channel' })
  vi.advanceTimersByTime(1000)
  expect(refresh).toHaveBeenCalledTimes(1)
  live.tell({ type: 'channel' })
  vi.advanceTimersByTime(1000)
  expect(refresh).toHaveBeenCalledTimes(2)
  live.tell({ type: 'channel' })
  stop()
  vi.advanceTimersByTime(1000)
  expect(refresh).toHaveBeenCalledTimes(2)
  expect(live.stop).toHaveBeenCalledOnce()
})
