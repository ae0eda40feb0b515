import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { plainClock } from '../clock.ts'
import type { Playback } from '../playback.ts'
import { jumpOver } from './jump-over.ts'

/** An element that plays nothing: it stands where it is put. `loadedTo` in seconds. */
class Media extends EventTarget {
  paused = false
  seeking = false
  currentTime = 0
  playbackRate = 1.5
  defaultPlaybackRate = 1.5
  loadedTo = 60
  get buffered() {
    return { length: 1, start: () => 0, end: () => this.loadedTo }
  }
  at(seconds: number) {
    this.currentTime = seconds
    this.dispatchEvent(new Event('timeupdate'))
  }
}

function start(...ranges: [number, number][]) {
  const media = new Media()
  const saved: number[] = []
  const playback = { media, clock: plainClock } as unknown as Playback
  const jumps = jumpOver(
    playback,
    () => ranges,
    (ms) => saved.push(ms),
  )
  return { media, jumps, saved }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a range is jumped over when playback reaches it, and what that saves depends on the speed', () => {
  const { media, saved } = start([2000, 5000])
  media.at(1.9)
  expect(media.currentTime).toBe(1.9)
  media.at(2)
  expect(media.currentTime).toBe(5)
  expect(saved).toEqual([2000])
})

test('what begins soon is not waited for until the element tells its time again', () => {
  const { media } = start([2000, 5000])
  media.at(1.7)
  media.currentTime = 2
  vi.advanceTimersByTime(200)
  expect(media.currentTime).toBe(5)
})

test('nothing is jumped over while it is paused, nor what is nearly over', () => {
  const { media } = start([2000, 5000])
  media.paused = true
  media.at(3)
  expect(media.currentTime).toBe(3)
  media.paused = false
  media.at(4.9)
  expect(media.currentTime).toBe(4.9)
})

test('where a jump would wait for the network it is played fast instead, and jumped over as soon as that is possible', () => {
  const { media, saved } = start([2000, 5000])
  media.loadedTo = 4
  media.at(2)
  expect(media).toMatchObject({ currentTime: 2, playbackRate: 3.75 })
  media.loadedTo = 6
  media.at(3.5)
  expect(media).toMatchObject({ currentTime: 5, playbackRate: 1.5 })
  // 1.5 s at 3.75× instead of 1.5×, then another 1.5 s not at all.
  expect(saved.map(Math.round)).toEqual([600, 1000])
})

test('a long range is worth the wait', () => {
  const { media } = start([2000, 9000])
  media.loadedTo = 4
  media.at(2)
  expect(media).toMatchObject({ currentTime: 9, playbackRate: 1.5 })
})

test('who goes elsewhere from what is played fast goes on at their own speed, and saved nothing by it', () => {
  const { media, saved } = start([2000, 5000])
  media.loadedTo = 4
  media.at(2)
  media.seeking = true
  media.at(50)
  expect(media.playbackRate).toBe(1.5)
  expect(saved).toEqual([])
})

test('what is ended leaves the speed as it was chosen', () => {
  const { media, jumps } = start([2000, 5000])
  media.loadedTo = 4
  media.at(2)
  jumps.stop()
  expect(media.playbackRate).toBe(1.5)
  media.at(3)
  expect(media).toMatchObject({ currentTime: 3, playbackRate: 1.5 })
})
