import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { storageOf } from '../browser-storage.fake.ts'
import { pauseToWrite } from './pause-to-write.ts'

const chosen = new Map<string, string>()
/** Something that is played: `plays` is what a person hears. */
const sound = (plays: boolean) => {
  const media = {
    plays,
    isConnected: true,
    pause() {
      media.plays = false
    },
    play: () => {
      media.plays = true
      return Promise.resolve()
    },
  }
  return media
}
const writingBeside = (...all: ReturnType<typeof sound>[]) =>
  pauseToWrite(
    () => ({ recordedMs: 4200 }),
    () => all.filter(({ plays }) => plays),
  )

beforeEach(() => {
  chosen.clear()
  vi.stubGlobal('localStorage', storageOf(chosen))
})
afterEach(() => vi.unstubAllGlobals())

test('what plays waits for who writes, be it the update or an answer, and goes on afterwards', () => {
  for (const [update, answer] of [[sound(true), sound(false)] as const, [sound(false), sound(true)] as const]) {
    const before = [update.plays, answer.plays]
    const writing = writingBeside(update, answer)
    expect(writing.begin()).toBe(4200)
    expect([update.plays, answer.plays]).toEqual([false, false])
    writing.begin()
    writing.end(undefined)
    expect([update.plays, answer.plays]).toEqual(before)
  }
})

test('what was paused stays paused', () => {
  const update = sound(false)
  const writing = writingBeside(update)
  writing.begin()
  writing.end(undefined)
  expect(update.plays).toBe(false)
})

test('what was begun while somebody wrote is not talked over, nor is what is gone begun again', () => {
  const [update, answer] = [sound(true), sound(false)]
  const writing = writingBeside(update, answer)
  writing.begin()
  answer.plays = true
  writing.end(undefined)
  expect([update.plays, answer.plays]).toEqual([false, true])
  const again = writingBeside(answer)
  again.begin()
  answer.isConnected = false
  again.end(undefined)
  expect(answer.plays).toBe(false)
})

test('who wishes so writes while it plays, but draws on what stands still', () => {
  chosen.set('meanwhile.player.pause-to-write', 'off')
  const update = sound(true)
  const writing = writingBeside(update)
  expect(writing.begin()).toBe(4200)
  expect(update.plays).toBe(true)
  writing.begin({ still: true })
  expect(update.plays).toBe(false)
})

test('without a video there is no moment', () => {
  expect(
    pauseToWrite(
      () => undefined,
      () => [],
    ).begin(),
  ).toBeNull()
})
