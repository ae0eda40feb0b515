import { expect, test } from 'vitest'
import { reportWords, stateWords } from './transfer-words.ts'

test('what goes on is told in a few words', () => {
  expect(stateWords({ kind: 'export', state: 'running' })).toBe('Exporting')
  expect(stateWords({ kind: 'export', state: 'failed' })).toBe('Export failed')
  expect(stateWords({ kind: 'import', state: 'uploading' })).toBe('Upload not complete')
})

test('what was taken along is counted', () => {
  const report = { updates: 1, videos: 2, comments: 0, people: 1, channels: 3, notes: [] }
  expect(reportWords(report)).toBe('1 update, 2 recordings, 0 comments, 1 person')
  expect(reportWords(null)).toBe('')
})
