import { expect, test } from 'vitest'
import { captureMoment } from './capture-moment.ts'
import { mediaClock } from './media-clock.ts'
import { watchdog } from './watchdog.ts'

test('media time stands still during a pause', () => {
  const clock = mediaClock()
  clock.start(1000)
  expect(clock.at(1500)).toBe(500)
  clock.pause(2000)
  expect(clock.running).toBe(false)
  expect(clock.at(9000)).toBe(1000)
  clock.resume(5000)
  expect(clock.at(5250)).toBe(1250)
})

test('pausing twice or resuming without a pause changes nothing', () => {
  const clock = mediaClock()
  clock.resume(10)
  clock.start(0)
  clock.pause(100)
  clock.pause(200)
  clock.resume(300)
  clock.resume(400)
  expect(clock.at(500)).toBe(300)
})

test('a frame that was held up on its way keeps the moment of its capture', () => {
  const capturedAt = captureMoment()
  expect(capturedAt(0, 5000)).toBe(5000)
  expect(capturedAt(33_000, 5033)).toBe(5033)
  expect(capturedAt(66_000, 5150)).toBe(5066)
})

test('a source whose clock starts anew is followed', () => {
  const capturedAt = captureMoment()
  capturedAt(9_000_000, 1000)
  expect(capturedAt(0, 2000)).toBe(2000)
})

test('the watchdog nudges once, then reports, and is content again when fed', () => {
  const dog = watchdog(6000)
  dog.feed(0)
  expect(dog.check(5999)).toBe('fine')
  expect(dog.check(6000)).toBe('nudge')
  expect(dog.check(7000)).toBe('fine')
  expect(dog.check(12_000)).toBe('stalled')
  dog.feed(12_500)
  expect(dog.check(13_000)).toBe('fine')
})
