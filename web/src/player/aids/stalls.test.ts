import { expect, test } from 'vitest'
import { StallMeter } from './stalls.ts'

/** A wait from one moment to another, while something comes every 500 ms. Answers whether it was ever too much. */
function wait(meter: StallMeter, fromMs: number, toMs: number) {
  meter.wait(fromMs)
  let isTooMuch = false
  for (let ms = fromMs + 500; ms <= toMs; ms += 500) isTooMuch = meter.receive(ms) || isTooMuch
  meter.leave()
  return isTooMuch
}

test('one long wait is too much, a short one is not', () => {
  expect(wait(new StallMeter(), 1000, 4500)).toBe(false)
  expect(wait(new StallMeter(), 1000, 5000)).toBe(true)
})

test('short waits are too much when there are many of them in a short time', () => {
  const meter = new StallMeter()
  expect(wait(meter, 0, 1500)).toBe(false)
  expect(wait(meter, 8000, 9500)).toBe(false)
  expect(wait(meter, 15_000, 16_000)).toBe(true)
  const rare = new StallMeter()
  for (const ms of [0, 15_000, 30_000, 45_000]) expect(wait(rare, ms, ms + 1500)).toBe(false)
})

test('a connection that is gone is not a slow one', () => {
  const meter = new StallMeter()
  meter.wait(0)
  expect(meter.receive(60_000)).toBe(false)
  expect(meter.receive(61_000)).toBe(false)
})

test('what comes while it plays is no wait, and what was too much is not held against what plays next', () => {
  const meter = new StallMeter()
  for (let ms = 0; ms < 60_000; ms += 500) expect(meter.receive(ms)).toBe(false)
  expect(wait(meter, 60_000, 64_000)).toBe(true)
  meter.forget()
  expect(wait(meter, 65_000, 66_000)).toBe(false)
})

test('it waits from the first moment on, however often it is said', () => {
  const meter = new StallMeter()
  meter.wait(0)
  meter.wait(1500)
  meter.receive(2000)
  meter.wait(2500)
  expect(meter.receive(4000)).toBe(true)
})
