import { expect, test } from 'vitest'
import { onGrid, picture } from './picture.ts'

function screen({ busy = false } = {}) {
  const emitted: { name: string; atMs: number; durationMs: number }[] = []
  const open = new Set<object>()
  let isBusy = busy
  let look = { name: '' }
  const frame = (name: string): TestFrame => {
    const self: TestFrame = { name, clone: () => frame(name), close: () => void open.delete(self) }
    open.add(self)
    return self
  }
  const line = picture<TestFrame, { name: string }>({
    framesPerSecond: 30,
    repeatAfterMs: 250,
    segmentMs: 2000,
    isBusy: () => isBusy,
    look: () => look,
    emit(shown, atMs, durationMs, { name }) {
      emitted.push({ name: shown.name + name, atMs: Math.round(atMs), durationMs: Math.round(durationMs) })
      shown.close()
    },
  })
  return {
    line,
    frame,
    emitted,
    open,
    setBusy: (now: boolean) => {
      isBusy = now
    },
    setLook: (name: string) => {
      look = { name }
    },
  }
}
type TestFrame = { name: string; clone(): TestFrame; close(): void }

test('each frame lasts until the next one, and the last until the end', () => {
  const { line, frame, emitted, open } = screen()
  line.show(frame('a'), -20)
  line.begin(0)
  line.show(frame('b'), 100)
  line.show(frame('c'), 200)
  line.end(250)
  line.close()
  expect(emitted).toEqual([
    { name: 'a', atMs: 0, durationMs: 100 },
    { name: 'b', atMs: 100, durationMs: 100 },
    { name: 'c', atMs: 200, durationMs: 50 },
  ])
  expect(open.size).toBe(0)
})

test('a picture that stands still is repeated', () => {
  const { line, frame, emitted } = screen()
  line.show(frame('a'), 0)
  line.begin(0)
  for (let nowMs = 0; nowMs <= 1000; nowMs += 50) line.tick(nowMs)
  expect(emitted.map(({ atMs }) => atMs)).toEqual([0, 250, 500, 750])
})

test('a frame begins exactly where a segment begins', () => {
  const { line, frame, emitted } = screen()
  line.show(frame('a'), 0)
  line.begin(1900)
  line.show(frame('b'), 2100)
  line.end(2200)
  expect(emitted).toEqual([
    { name: 'a', atMs: 1900, durationMs: 100 },
    { name: 'a', atMs: 2000, durationMs: 100 },
    { name: 'b', atMs: 2100, durationMs: 100 },
  ])
})

test('a frame that comes about then is moved there instead of cutting another one in two', () => {
  const { line, frame, emitted } = screen()
  line.show(frame('a'), 0)
  line.begin(1900)
  line.show(frame('b'), 2017)
  line.end(2100)
  expect(emitted.map(({ name, atMs }) => [name, atMs])).toEqual([
    ['a', 1900],
    ['b', 2000],
  ])
})

test('frames that come too fast are left out, and the last of them is shown soon', () => {
  const { line, frame, emitted } = screen()
  line.show(frame('a'), 0)
  line.begin(100)
  line.show(frame('b'), 105)
  line.tick(130)
  expect(emitted).toEqual([])
  line.tick(150)
  line.end(400)
  expect(emitted).toEqual([
    { name: 'a', atMs: 100, durationMs: 17 },
    { name: 'b', atMs: 117, durationMs: 283 },
  ])
})

test('while the encoder is busy nothing is emitted and no time is lost: what came last is shown from when it came', () => {
  const { line, frame, emitted, setBusy } = screen()
  line.show(frame('a'), 0)
  line.begin(0)
  setBusy(true)
  line.show(frame('b'), 100)
  line.tick(500)
  expect(emitted).toEqual([])
  setBusy(false)
  line.tick(600)
  line.end(700)
  expect(emitted).toEqual([
    { name: 'a', atMs: 0, durationMs: 100 },
    { name: 'b', atMs: 100, durationMs: 600 },
  ])

  line.begin(700)
  setBusy(true)
  line.show(frame('c'), 800)
  setBusy(false)
  line.show(frame('d'), 850)
  line.end(900)
  expect(emitted.slice(2).map(({ name, atMs }) => [name, atMs])).toEqual([
    ['b', 700],
    ['c', 800],
    ['d', 850],
  ])
})

test('after a pause that was ordered a little earlier, time never runs backwards', () => {
  const { line, frame, emitted } = screen()
  line.show(frame('a'), 0)
  line.begin(0)
  line.show(frame('b'), 100)
  line.end(90)
  line.begin(90)
  line.end(200)
  expect(emitted).toEqual([
    { name: 'a', atMs: 0, durationMs: 100 },
    { name: 'b', atMs: 100, durationMs: 100 },
  ])
})

test('another look is shown from the moment on at which it was asked for, even on a picture that stands still', () => {
  const { line, frame, emitted, setLook } = screen()
  line.show(frame('a'), 0)
  line.begin(0)
  setLook(' in private')
  line.tick(100)
  setLook('')
  line.tick(200)
  line.end(250)
  expect(emitted).toEqual([
    { name: 'a', atMs: 0, durationMs: 100 },
    { name: 'a in private', atMs: 100, durationMs: 100 },
    { name: 'a', atMs: 200, durationMs: 50 },
  ])
})

test('a frame that has just begun takes on the new look itself: nothing private is shown for an instant', () => {
  const { line, frame, emitted, setLook } = screen()
  line.show(frame('a'), 0)
  line.begin(100)
  setLook(' in private')
  line.tick(101)
  line.end(200)
  expect(emitted.map(({ name }) => name)).toEqual(['a in private'])
})

test('what an encoder lost is given again, as one frame without a hole', () => {
  const { line, frame, emitted, setBusy } = screen()
  line.show(frame('a'), 0)
  line.begin(0)
  for (const [name, atMs] of [
    ['b', 100],
    ['c', 200],
    ['d', 300],
  ] as const)
    line.show(frame(name), atMs)
  setBusy(true)
  emitted.length = 0
  line.redo(100)
  setBusy(false)
  line.show(frame('e'), 500)
  line.end(600)
  expect(emitted).toEqual([
    { name: 'd', atMs: 100, durationMs: 400 },
    { name: 'e', atMs: 500, durationMs: 100 },
  ])
})

test('what an encoder lost is given again in a pause too', () => {
  const { line, frame, emitted } = screen()
  line.show(frame('a'), 0)
  line.begin(1900)
  line.end(2100)
  emitted.length = 0
  line.redo(1950)
  expect(emitted).toEqual([
    { name: 'a', atMs: 1950, durationMs: 50 },
    { name: 'a', atMs: 2000, durationMs: 100 },
  ])
})

test('the grid has 60 places a second and hits every whole second', () => {
  expect([0, 8, 9, 1000, 1991, 3_600_000].map((ms) => Math.round(onGrid(ms)))).toEqual([0, 0, 17, 1000, 1983, 3_600_000])
})
