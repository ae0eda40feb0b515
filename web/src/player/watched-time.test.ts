import { expect, test } from 'vitest'
import { watchedTime } from './watched-time.ts'

/** What plays, and a clock on the wall that a test moves. */
function watching(playing = false) {
  const media = Object.assign(new EventTarget(), { paused: !playing, ended: false, readyState: 4 })
  let ms = 1_000
  const watched = watchedTime(media, new AbortController().signal, () => ms)
  const happen = (name: string) => media.dispatchEvent(new Event(name))
  const wait = (more: number) => {
    ms += more
  }
  return { watched, happen, wait }
}

test('only what plays takes time: not what is paused, over, or waits for the network', () => {
  const { watched, happen, wait } = watching()
  wait(500)
  happen('playing')
  wait(1_000)
  happen('waiting')
  wait(700)
  happen('playing')
  wait(200)
  happen('pause')
  wait(5_000)
  expect(watched.take()).toBe(1_200)
  happen('playing')
  wait(300)
  happen('ended')
  wait(9_000)
  expect(watched.take()).toBe(300)
})

test('one that plays already is measured from now on, and goes on being measured when it is told', () => {
  const { watched, wait } = watching(true)
  wait(400)
  expect(watched.take()).toBe(400)
  wait(600)
  expect(watched.take()).toBe(600)
  expect(watched.take()).toBe(0)
})

test('what could not be reported is reported later, once', () => {
  const { watched, wait } = watching(true)
  wait(1_000)
  const lost = watched.take()
  wait(1_000)
  watched.restore(lost)
  expect(watched.take()).toBe(2_000)
  expect(watched.take()).toBe(0)
})

test('whatever happens in whatever order, it is never more than the time that went by, and told whole', () => {
  const { watched, happen, wait } = watching()
  const names = ['playing', 'pause', 'playing', 'playing', 'waiting', 'pause', 'playing', 'emptied', 'playing', 'ended', 'ended']
  let toldMs = 0
  let passedMs = 0
  for (const [index, name] of [...names, ...names.toReversed(), ...names].entries()) {
    happen(name)
    const ms = ((index * 7919) % 997) + 0.4
    wait(ms)
    passedMs += ms
    if (index % 3 === 0) toldMs += watched.take()
    expect(Number.isInteger(toldMs) && toldMs <= passedMs).toBe(true)
  }
})
