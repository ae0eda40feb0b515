import { expect, test } from 'vitest'
import { soundLine, stretchTo } from './sound.ts'

const rate = 48_000
const chunk = 480

/** Feeds 10 ms chunks of a sound card that runs `drift` too fast, each arriving late at random, and says how far it is off. */
function listen(seconds: number, drift: number, lateMs: (index: number) => number = () => 0) {
  const line = soundLine(rate)
  let worstMs = 0
  const cardSeconds = 0.01 / (1 + drift)
  for (let index = 1; index * cardSeconds <= seconds; index++) {
    const capturedMs = index * cardSeconds * 1000
    line.place(capturedMs + lateMs(index), chunk)
    if (index > 500) worstMs = Math.max(worstMs, Math.abs(line.writtenMs - capturedMs))
  }
  return worstMs
}

test('chunks that come on time are left alone', () => {
  const line = soundLine(rate)
  for (let ms = 10; ms <= 5000; ms += 10) expect(line.place(ms, chunk)).toEqual({ silence: 0, skip: 0, frames: chunk })
})

test('a late start is filled with silence, an early one is cut', () => {
  expect(soundLine(rate).place(35, chunk)).toEqual({ silence: 25 * 48, skip: 0, frames: chunk })
  expect(soundLine(rate).place(4, chunk)).toEqual({ silence: 0, skip: 6 * 48, frames: 4 * 48 })
})

test('chunks from before the start are left out', () => {
  const line = soundLine(rate)
  expect(line.place(-30, chunk)).toEqual({ silence: 0, skip: chunk, frames: 0 })
  expect(line.place(10, chunk)).toEqual({ silence: 0, skip: 0, frames: chunk })
})

test.each([100e-6, -100e-6])('a sound card whose clock is off by %d stays within 20 ms for ten minutes', (drift) => {
  expect(listen(600, drift)).toBeLessThan(20)
})

test('chunks that arrive irregularly do not disturb it', () => {
  expect(listen(60, 0, (index) => (index % 7) * 9)).toBeLessThan(20)
})

test('when chunks are lost, silence takes their place', () => {
  const line = soundLine(rate)
  for (let ms = 10; ms <= 3000; ms += 10) line.place(ms, chunk)
  for (let ms = 3310; ms <= 9000; ms += 10) line.place(ms, chunk)
  expect(Math.abs(line.writtenMs - 9000)).toBeLessThan(20)
})

test('a silent source is filled up, so that segments go on', () => {
  const line = soundLine(rate)
  expect(line.fill(400)).toBe(0)
  expect(line.fill(600)).toBe(400 * 48)
  expect(line.writtenMs).toBe(400)
})

test('after a pause the next chunk is exactly where it belongs', () => {
  const line = soundLine(rate)
  for (let ms = 10; ms <= 1000; ms += 10) line.place(ms, chunk)
  line.realign()
  line.place(1022, chunk)
  expect(line.writtenMs).toBe(1022)
})

test('stretching keeps the ends', () => {
  const stretched = stretchTo(Float32Array.from([0, 0.5, 1]), 5)
  expect([...stretched]).toEqual([0, 0.25, 0.5, 0.75, 1])
  expect(stretchTo(new Float32Array(0), 3)).toHaveLength(0)
})
