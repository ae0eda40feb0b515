import { expect, test } from 'vitest'
import { collectSeen } from './collect-seen.ts'
import type { Playback } from './playback.ts'

/** What plays, one step at a time; `recordedMs` is its time. */
function collecting() {
  const media = Object.assign(new EventTarget(), { seeking: false, paused: true, readyState: 4 })
  const playback = { media, recordedMs: 0 }
  const collected = collectSeen(playback as unknown as Playback, new AbortController().signal)
  const happen = (...names: string[]) => {
    for (const name of names) media.dispatchEvent(new Event(name))
  }
  const playTo = (ms: number) => {
    media.paused = false
    playback.recordedMs = ms
    happen('timeupdate')
  }
  const seekTo = (ms: number) => {
    media.seeking = true
    playback.recordedMs = ms
    happen('timeupdate', 'seeking')
  }
  /** It arrives, and the page hears of it later. */
  const arrive = (lateMs: number) => {
    media.seeking = false
    if (!media.paused) playback.recordedMs += lateMs
    happen('seeked')
  }
  return { collected, media, playback, happen, playTo, seekTo, arrive }
}

test('what is played is seen, and what a seek goes over is not', () => {
  const { collected, happen, playTo, seekTo, arrive } = collecting()
  happen('play')
  playTo(1000)
  seekTo(5000)
  arrive(0)
  playTo(6000)
  expect(collected.take()).toEqual([
    [0, 1000],
    [5000, 6000],
  ])
})

test('a page that is busy when a seek ends misses nothing of what played meanwhile', () => {
  const { collected, playTo, seekTo, arrive } = collecting()
  playTo(1000)
  collected.take()
  seekTo(5000)
  arrive(300)
  playTo(6000)
  expect(collected.take()).toEqual([[5000, 6000]])
})

test('who looks for a place while it is paused has seen nothing', () => {
  const { collected, seekTo, arrive } = collecting()
  for (const ms of [4000, 2000, 9000]) seekTo(ms)
  arrive(0)
  seekTo(3000)
  arrive(0)
  expect(collected.take()).toEqual([])
})

test('a jump of the player is told before it leaves', () => {
  const { collected, playback, happen, playTo, seekTo, arrive } = collecting()
  playTo(1000)
  playback.recordedMs = 1200
  happen('jump')
  seekTo(4000)
  arrive(50)
  playTo(4500)
  expect(collected.take()).toEqual([
    [0, 1200],
    [4000, 4500],
  ])
})
