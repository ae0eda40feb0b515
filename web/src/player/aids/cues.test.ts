import { expect, test } from 'vitest'
import { areShown, choiceOf, cueAt, nextChange, textAt, trackFor } from './cues.ts'

const cues = [
  { startMs: 1000, endMs: 2000, text: 'Hello' },
  { startMs: 3000, endMs: 6000, text: 'I say' },
  { startMs: 4000, endMs: 5000, text: 'We say' },
]

test('a cue is shown from its start until before its end; those that overlap together', () => {
  expect([0, 1000, 1999, 2000, 4500, 5000, 6000].map((ms) => textAt(cues, ms))).toEqual([
    '',
    'Hello',
    'Hello',
    '',
    'I say\nWe say',
    'I say',
    '',
  ])
})

test('the next change is a start or an end', () => {
  expect([0, 1000, 2000, 3000, 4000, 5000, 6000].map((ms) => nextChange(cues, ms))).toEqual([
    1000,
    2000,
    3000,
    4000,
    5000,
    6000,
    Number.POSITIVE_INFINITY,
  ])
})

test('a transcript stays at what was said last', () => {
  expect([0, 1500, 2500, 4500, 9000].map((ms) => cueAt(cues, ms))).toEqual([-1, 0, 0, 2, 2])
})

test('viewers get the captions they chose, else those in a language of theirs, else the first', () => {
  const tracks = ['fr', 'pt-BR', 'en'].map((language) => ({ language }))
  expect(trackFor(tracks, 'en', ['fr'])?.language).toBe('en')
  expect(trackFor(tracks, null, ['pt-PT', 'en'])?.language).toBe('pt-BR')
  expect(trackFor(tracks, 'de', ['ja'])?.language).toBe('fr')
  expect(trackFor([], 'de', [])).toBeUndefined()
})

test('captions are there by themselves where nothing is heard, until somebody decides otherwise', () => {
  expect([true, false].map((isMuted) => areShown(null, isMuted))).toEqual([true, false])
  // Switched on and off again with the sound on: nothing was decided.
  expect(choiceOf(true, false, null)).toBe(true)
  expect(choiceOf(false, false, null)).toBeNull()
  expect(choiceOf(false, true, null)).toBe(false)
  expect(areShown(false, true)).toBe(false)
  expect(areShown(true, false)).toBe(true)
})

test('who does not want the captions that somebody decided on gets none, and has them back by a second press', () => {
  expect(choiceOf(false, false, true)).toBe(false)
  expect(choiceOf(false, true, true)).toBe(false)
  expect(choiceOf(true, false, true)).toBe(true)
  expect(choiceOf(true, true, false)).toBe(true)
})
