import { expect, test } from 'vitest'
import type { SpoolTrack } from '../segment.ts'
import { SpoolContents } from './spool-contents.ts'
import { newNote, type SpoolLine } from './spool-note.ts'

const note = newNote({ userId: 'ada', title: 'Title' })
const segment = (track: SpoolTrack, number: number): SpoolLine => ({
  segment: { track, number, sha256: '', sizeBytes: 10, durationMs: number === 0 ? 0 : 2000 },
  clockMs: number * 2000,
})
const main = [0, 1, 2, 3].map((number) => segment('main', number))
const confirmed = (track: SpoolTrack, ...numbers: number[]): SpoolLine[] =>
  numbers.map((number) => ({ confirmed: [track, number] }))

test('what is on the device and what is safe on the server are told apart', () => {
  const contents = new SpoolContents([{ note }, ...main, ...confirmed('main', 0, 1)])
  expect([contents.deviceMs, contents.serverMs]).toEqual([6000, 2000])
  expect([contents.sent, contents.total]).toEqual([2, 4])
  expect(contents.note?.clockMs).toBe(6000)
})

test('behind a hole nothing is safe yet', () => {
  const contents = new SpoolContents([{ note }, ...main, ...confirmed('main', 0, 1, 3)])
  expect(contents.serverMs).toBe(2000)
  contents.apply({ confirmed: ['main', 2] })
  expect(contents.serverMs).toBe(6000)
})

test('a camera that lags behind is not safe yet; one that was unplugged keeps nothing back', () => {
  const camera = [0, 1, 2].map((number) => segment('camera', number))
  const contents = new SpoolContents([
    { note },
    ...main,
    ...camera,
    ...confirmed('main', 0, 1, 2, 3),
    ...confirmed('camera', 0, 1),
  ])
  expect(contents.serverMs).toBe(2000)
  contents.apply({ confirmed: ['camera', 2] })
  expect(contents.serverMs).toBe(6000)
})

test('an init segment in the middle takes a number and no time', () => {
  const again: SpoolLine = { segment: { track: 'main', number: 4, sha256: '', sizeBytes: 10, durationMs: 0, codecs: 'avc1' } }
  const contents = new SpoolContents([{ note }, ...main, again, segment('main', 5)])
  expect(contents.deviceMs).toBe(8000)
  expect(contents.totals).toEqual({ main: { segments: 5, durationMs: 8000, sizeBytes: 60 } })
})

test('parts of a file are counted from 1', () => {
  const parts = [1, 2].map((number) => segment('file', number))
  const contents = new SpoolContents([{ note }, ...parts, ...confirmed('file', 1)])
  expect(contents.confirmedOf('file')).toBe(1)
  expect(contents.lastOf('file')).toBe(2)
})

test('of a file that the browser writes by itself the parts tell the length', () => {
  const contents = new SpoolContents([{ note }, segment('file', 1), segment('file', 2), ...confirmed('file', 1)])
  expect([contents.deviceMs, contents.serverMs]).toEqual([4000, 2000])
})

test('the last note counts, and a server that forgot everything gets everything again', () => {
  const contents = new SpoolContents([
    { note },
    ...main,
    ...confirmed('main', 0, 1),
    { note: { ...note, title: 'Other' } },
    { unconfirmed: true },
  ])
  expect(contents.note?.title).toBe('Other')
  expect([contents.sent, contents.serverMs, contents.confirmedOf('main')]).toEqual([0, 0, -1])
  contents.apply({ confirmed: ['main', 0] })
  expect(contents.confirmedOf('main')).toBe(0)
})
