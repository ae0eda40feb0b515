import { expect, test } from 'vitest'
import { type ShownReview, scoreWords, sealWords } from './review-words.ts'

const reviewer = { id: 'a', name: 'Ben', picture: null, guest: false }
const card = {
  reviewer,
  scores: [
    { lineId: 'clear', score: 4, note: '' },
    { lineId: 'deep', score: null, note: '' },
  ],
  note: '',
  recommendation: null,
  submittedAt: null,
  changedAfterAt: null,
}
const review = (part: Partial<ShownReview>): ShownReview => ({ mine: null, others: null, submitted: 0, decision: null, ...part })

test('what is sealed says so, and what opens it', () => {
  expect(sealWords(review({}), true)).toMatch(/Nobody has submitted/)
  expect(sealWords(review({ submitted: 1 }), true)).toBe(
    '1 scorecard is in. They are sealed, and show when you have written and submitted yours.',
  )
  expect(sealWords(review({ submitted: 2, mine: card }), true)).toBe(
    '2 scorecards are in. They are sealed, and show when you have submitted yours.',
  )
  expect(sealWords(review({ submitted: 2 }), false)).toBe('Observers read the scores once it is decided.')
  expect(sealWords(review({ submitted: 1, others: [] }), true)).toBeNull()
})

test('a line that was left out is no zero', () => {
  expect(['clear', 'deep', 'other'].map((id) => scoreWords(card, id))).toEqual(['4 of 5', 'not judged', 'not judged'])
})
