import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { soundQueue } from './sound-queue.ts'

const secondsInPiece = 0.5
let open: number

/** An encoder that takes as many pieces as it is allowed to. */
function starving() {
  const taken: number[] = []
  const onError = vi.fn()
  let allowed = Number.POSITIVE_INFINITY
  let wake = () => {}
  const queue = soundQueue<{ at: number; duration: number; close(): void }>({
    async encode({ at }) {
      while (allowed === 0)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      allowed--
      taken.push(at)
    },
    onError,
  })
  let pieces = 0
  return {
    queue,
    taken,
    onError,
    allow(pieces: number) {
      allowed = pieces
      wake()
    },
    /** Sound comes in for so long. */
    async hear(seconds: number) {
      for (let heard = 0; heard < seconds; heard += secondsInPiece) {
        open++
        queue.add({ at: pieces++ * secondsInPiece, duration: secondsInPiece, close: () => void open-- })
        await vi.advanceTimersByTimeAsync(secondsInPiece * 1000)
      }
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  open = 0
})
afterEach(() => vi.useRealTimers())

test('an encoder that gets no time for twenty seconds catches up, and nothing is lost', async () => {
  const { queue, taken, onError, allow, hear } = starving()
  await hear(1)
  allow(0)
  await hear(20)
  expect(taken).toHaveLength(2)
  allow(Number.POSITIVE_INFINITY)
  await queue.emptied()
  await hear(1)
  expect(taken).toEqual(Array.from({ length: 44 }, (_, index) => index * secondsInPiece))
  expect(onError).not.toHaveBeenCalled()
  expect(open).toBe(0)
})

test('one that is too slow for too long loses what it has no room for, never the rest', async () => {
  const { queue, taken, onError, allow, hear } = starving()
  for (let round = 0; round < 3; round++) {
    allow(1)
    await hear(25)
  }
  allow(Number.POSITIVE_INFINITY)
  await queue.emptied()
  await hear(1)
  expect(taken.length).toBeLessThan(70)
  expect(taken.slice(-2)).toEqual([75, 75.5])
  expect(onError).not.toHaveBeenCalled()
  expect(open).toBe(0)
})

test('one that takes nothing for half a minute has hung: that is told once, and nothing is kept for it', async () => {
  const { onError, allow, hear } = starving()
  allow(0)
  await hear(40)
  expect(onError).toHaveBeenCalledOnce()
  const kept = open
  await hear(10)
  expect(open).toBe(kept)
})

test('silence before the first piece is no hanging', async () => {
  const { onError, hear } = starving()
  await hear(1)
  await vi.advanceTimersByTimeAsync(60_000)
  await hear(1)
  expect(onError).not.toHaveBeenCalled()
})
