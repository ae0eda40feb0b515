import { expect, test } from 'vitest'
import { movedRange } from './loop.svelte.ts'

const range = { fromMs: 5000, toMs: 9000 }

test('either end can be moved, within the video', () => {
  expect(movedRange(range, { fromMs: 6000 }, 20_000)).toEqual({ fromMs: 6000, toMs: 9000 })
  expect(movedRange(range, { toMs: 25_000 }, 20_000)).toEqual({ fromMs: 5000, toMs: 20_000 })
  expect(movedRange({ fromMs: 18_000, toMs: 23_000 }, {}, 20_000)).toEqual({ fromMs: 18_000, toMs: 20_000 })
})

test('an end that would leave nothing takes the other one along', () => {
  expect(movedRange(range, { fromMs: 12_000 }, 20_000)).toEqual({ fromMs: 12_000, toMs: 17_000 })
  expect(movedRange(range, { toMs: 3000 }, 20_000)).toEqual({ fromMs: 0, toMs: 3000 })
  expect(movedRange(range, { fromMs: 20_000 }, 20_000)).toEqual({ fromMs: 19_500, toMs: 20_000 })
})
