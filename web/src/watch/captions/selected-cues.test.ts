import { expect, test } from 'vitest'
import { corrected, languageInName, placeNow, rangeOf } from './selected-cues.ts'

const cues = [
  { startMs: 0, endMs: 1000, text: 'One' },
  { startMs: 2000, endMs: 6000, text: 'Two' },
  { startMs: 3000, endMs: 4000, text: 'Three' },
]

test('what is selected is a range from its first start to its last end, upwards and downwards', () => {
  expect(rangeOf(cues, 1, 2)).toEqual({ fromMs: 2000, toMs: 6000 })
  expect(rangeOf(cues, 2, 0)).toEqual({ fromMs: 0, toMs: 6000 })
  expect(rangeOf(cues, 0, 0)).toEqual({ fromMs: 0, toMs: 1000 })
  expect(rangeOf([], 0, 0)).toBeNull()
})

test('one caption is corrected; one without text is gone', () => {
  expect(corrected(cues, cues[0]!, ' Won ')?.map(({ text }) => text)).toEqual(['Won', 'Two', 'Three'])
  expect(corrected(cues, cues[1]!, ' ')?.map(({ text }) => text)).toEqual(['One', 'Three'])
})

test('what somebody else changed meanwhile is not corrected', () => {
  expect(corrected(cues, { startMs: 0, endMs: 1000, text: 'Uno' }, 'Won')).toBeNull()
})

test('files tell their language by their names', () => {
  expect(languageInName('talk.de.vtt')).toBe('de')
  expect(languageInName('talk_pt-BR.SRT')).toBe('pt-BR')
  expect(languageInName('captions.vtt')).toBeUndefined()
})

test('of two cues that begin together the one that is meant is found, whatever became of its text', () => {
  const cue = (text: string, endMs = 2000) => ({ startMs: 1000, endMs, text })
  expect(placeNow([cue('One'), cue('Two')], cue('Two'))).toBe(1)
  expect(placeNow([cue('Uno')], cue('One'))).toBe(0)
  expect(placeNow([{ startMs: 5, endMs: 9, text: 'One' }], cue('One'))).toBe(-1)
})
