import { afterEach, expect, it, vi } from 'vitest'
import { untilLoaded } from './until-loaded.ts'

const target = new EventTarget()
vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
vi.useFakeTimers()
afterEach(() => vi.clearAllTimers())

const failing = (times: number) => {
  const load = vi.fn(async () => 'loaded')
  for (let time = 0; time < times; time += 1) load.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  return load
}

it('asks again, twice as late each time, until it is there', async () => {
  const load = failing(3)
  const loaded = untilLoaded(load)
  for (const [ms, times] of [
    [999, 1],
    [1, 2],
    [1999, 2],
    [1, 3],
    [4000, 4],
  ] as const) {
    await vi.advanceTimersByTimeAsync(ms)
    expect(load).toHaveBeenCalledTimes(times)
  }
  expect(await loaded).toBe('loaded')
})

it('asks at once when the network is back', async () => {
  const load = failing(1)
  const loaded = untilLoaded(load)
  await vi.advanceTimersByTimeAsync(10)
  target.dispatchEvent(new Event('online'))
  expect(await loaded).toBe('loaded')
  expect(load).toHaveBeenCalledTimes(2)
})
