import { expect, test } from 'vitest'
import { faviconOf } from './favicon.ts'
import { counters, spokenState, stateWord, titleMark } from './studio-words.ts'

const recording = { paused: false, muted: false, isPrivate: false, elapsedMs: 761_000, deaf: false, warned: false }

test('the counters tell apart what is here and what has arrived', () => {
  expect(counters(761_000, 756_000, true)).toBe('on this device 12:41 · safe on the server 12:36')
  expect(counters(761_000, 756_000, false)).toBe('in this tab 12:41 · safe on the server 12:36')
})

test('the tab tells the time and the state', () => {
  expect(titleMark(recording)).toBe('● 12:41 · ')
  expect(titleMark({ ...recording, paused: true })).toBe('❚❚ 12:41 · ')
  expect(titleMark({ ...recording, isPrivate: true })).toBe('◼ 12:41 · ')
  expect(titleMark({ ...recording, warned: true })).toBe('⚠ ● 12:41 · ')
})

test('the icon of the tab has the minutes, then the hours, and a ! when something is wrong', () => {
  expect(decodeURIComponent(faviconOf(recording))).toContain('>12</text>')
  expect(decodeURIComponent(faviconOf({ ...recording, elapsedMs: 2 * 3_600_000 }))).toContain('>2h</text>')
  expect(decodeURIComponent(faviconOf({ ...recording, warned: true }))).toContain('>!</text>')
  expect(decodeURIComponent(faviconOf({ ...recording, elapsedMs: 59_000 }))).not.toContain('</text>')
})

test('each state is told in a word, and in sentences to those who listen', () => {
  expect(stateWord({ ...recording, paused: true, isPrivate: true })).toBe('Paused')
  expect(stateWord({ ...recording, isPrivate: true })).toBe('Private')
  expect(spokenState(recording, 0)).toBe('Recording.')
  expect(spokenState({ ...recording, muted: true }, 2)).toBe('Recording. The microphone is muted. 2 markers.')
  expect(spokenState({ ...recording, paused: true, isPrivate: true }, 1)).toBe(
    'Paused. Nothing is recorded until you resume. Private: the picture is black and there is no sound until you end it. 1 marker.',
  )
})
