import { expect, test } from 'vitest'
import { sweepSentence } from './sweep-words.ts'
import { daysLeft } from './trash.svelte.ts'

const found = { objects: 1200, deletedObjects: 0, deletedBytes: 0, missingObjects: 0, missingHere: 0 }

test('says that all is well, what was deleted, and what is missing', () => {
  expect(sweepSentence(found)).toBe('All of 1,200 files are as they should be.')
  expect(sweepSentence({ ...found, deletedObjects: 1, deletedBytes: 2_500_000 })).toBe(
    'All of 1,200 files are as they should be. 1 file (2.5 MB) that belonged to nothing was deleted.',
  )
  expect(sweepSentence({ ...found, missingObjects: 3, missingHere: 1 })).toBe(
    '3 files are missing, of 1 recording in this workspace: ask the operator of this site for a backup.',
  )
  expect(sweepSentence({ ...found, missingObjects: 1 })).toMatch('1 file is missing, none of this workspace')
})

test.each([
  [40, 'deleted for good within a day'],
  [26 * 3600, '2 days left'],
  [-5, 'deleted for good any moment'],
])('%s seconds before the end it says: %s', (seconds, text) => {
  expect(daysLeft(new Date(1e12 + seconds * 1000).toISOString(), 1e12)).toBe(text)
})
