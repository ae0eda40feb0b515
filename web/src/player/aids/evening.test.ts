import { expect, test } from 'vitest'
import { correctionDb } from './evening.svelte.ts'

test('what is too quiet is made louder, what is too loud softer, and what nobody would hear is left alone', () => {
  expect(correctionDb({ lufs: -30, truePeakDb: -20 })).toBe(14)
  expect(correctionDb({ lufs: -10, truePeakDb: -0.5 })).toBe(-6)
  expect(correctionDb({ lufs: -16.5, truePeakDb: -9 })).toBe(0)
  expect(correctionDb(null)).toBe(0)
})

test('what has no room below full scale is not made louder', () => {
  expect(correctionDb({ lufs: -30, truePeakDb: -1.5 })).toBe(0)
  expect(correctionDb({ lufs: -30, truePeakDb: -6 })).toBe(5)
})
