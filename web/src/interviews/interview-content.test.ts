import type { InterviewContent } from '@meanwhile/shared/contract/interviews'
import { expect, test } from 'vitest'
import {
  adviceOnCount,
  adviceOnRetakes,
  cleaned,
  duplicateOf,
  faultsIn,
  faultsOf,
  isSame,
  moved,
  newLine,
  newQuestion,
} from './interview-content.ts'

const words = { text: '', videoUpdateId: null }
const asking = (...questions: InterviewContent['questions']): InterviewContent => ({ intro: words, questions, outro: words })

test('a duplicate asks the same and is another one, its rubric too', () => {
  const question = { ...newQuestion(), text: 'Why?', rubric: [{ ...newLine(), text: 'Says why' }] }
  const twin = duplicateOf(question)
  expect(twin).toMatchObject({ text: 'Why?', answerLimitMs: 300_000, retakes: null, ways: ['video', 'audio'] })
  expect(twin.id).not.toBe(question.id)
  expect(twin.rubric[0]?.text).toBe('Says why')
  expect(twin.rubric[0]?.id).not.toBe(question.rubric[0]?.id)
})

test.each([
  [0, 1, ['b', 'a', 'c']],
  [2, -1, ['a', 'c', 'b']],
  [0, -1, ['a', 'b', 'c']],
  [2, 1, ['a', 'b', 'c']],
])('what is at %i moves by %i, and never out of the list', (from, by, order) =>
  expect(moved(['a', 'b', 'c'], from, by)).toEqual(order),
)

test('a rubric line that nothing was written in is not sent, and is no change', () => {
  const question = { ...newQuestion(), text: ' Why? ' }
  const one = asking(question)
  const other = asking({ ...question, rubric: [newLine()] })
  expect(cleaned(other).questions[0]).toMatchObject({ text: 'Why?', rubric: [] })
  expect(isSame(one, other)).toBe(true)
  expect(isSame(one, asking({ ...question, text: 'How?' }))).toBe(false)
})

test('says at the field what cannot be saved', () => {
  const recorded = { ...newQuestion(), videoUpdateId: '0199' }
  expect(faultsIn(asking(recorded, { ...newQuestion(), ways: [] }))).toEqual({
    'questions.1.text': 'Write the question, or record it.',
    'questions.1.ways': 'Choose at least one way to answer.',
  })
  expect(faultsOf([{ field: 'content.questions.0.text', message: 'must be there, or a video' }])).toEqual({
    'questions.0.text': 'It must be there, or a video.',
  })
})

test('advises against many questions and against a single try', () => {
  expect(adviceOnCount(6)).toBeNull()
  expect(adviceOnCount(7)).toContain('more than 6 questions')
  expect(adviceOnRetakes(null)).toBeNull()
  expect(adviceOnRetakes(1)).toBeNull()
  expect(adviceOnRetakes(0)).toContain('second try')
})
