import { expect, test } from 'vitest'
import { correctionOf } from './drift.ts'

const at = (mainMs: number, cameraMs: number, rate = 1) => correctionOf({ mainMs, cameraMs, rate, jumpMs: 100 })

test('a camera that is in step runs at the speed of the main picture', () => {
  expect(at(5000, 5000)).toEqual({ do: 'run', rate: 1 })
  expect(at(5000, 5012, 1.5)).toEqual({ do: 'run', rate: 1.5 })
})

test('a camera that is a little behind runs faster, one that is ahead slower', () => {
  expect(at(5000, 4900)).toEqual({ do: 'run', rate: 1.2 })
  expect(at(5000, 5100)).toEqual({ do: 'run', rate: 0.8 })
  expect(at(5000, 4700)).toEqual({ do: 'run', rate: 1.3 })
})

test('one that is far away jumps, ahead by what a jump takes at that speed', () => {
  expect(at(5000, 2000, 2)).toEqual({ do: 'seek', ms: 5200 })
  expect(at(5000, 9000)).toEqual({ do: 'seek', ms: 5100 })
})

test.each([1, 1.5, 3])('at %s× every small drift is made up, and never overshot', (rate) => {
  for (const start of [-340, -120, 60, 340]) {
    let cameraMs = 10_000 - start
    let mainMs = 10_000
    for (let turn = 0; turn < 30; turn++) {
      const correction = at(mainMs, cameraMs, rate)
      if (correction.do === 'seek') throw new Error(`it jumped at ${mainMs - cameraMs} ms`)
      cameraMs += 100 * correction.rate
      mainMs += 100 * rate
      expect(Math.sign(mainMs - cameraMs) * Math.sign(start)).toBeGreaterThanOrEqual(-0)
    }
    expect(Math.abs(mainMs - cameraMs)).toBeLessThan(20)
  }
})
