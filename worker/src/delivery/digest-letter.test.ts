import { expect, test } from 'vitest'
import type { Waiting } from './digest-content.ts'
import { digestLetter } from './digest-letter.ts'

const waiting = (kind: Waiting['kind'], more: Partial<Waiting> = {}): Waiting => ({
  id: 'n',
  kind,
  actor: 'Ada',
  updateId: 'u',
  title: 'Plan',
  commentId: null,
  commentType: null,
  said: null,
  ...more,
})
const letterOf = (...each: Waiting[]) => digestFor(true, each)
const digestFor = (isProved: boolean, each: Waiting[]) =>
  digestLetter({ name: 'Ana', isProved, waiting: each, updates: [], publicUrl: 'https://example.org', answerOf: () => undefined })

test.each([
  [waiting('expiring'), 'Your update goes to the trash in a week. Open it to keep it: Plan'],
  [waiting('recovered'), 'Your recording was finished with what had arrived: Plan'],
  [waiting('recovered', { commentId: 'c' }), 'Your answer was finished with what had arrived: Plan'],
  [waiting('resolved', { commentId: 'c' }), 'Ada resolved what you wrote: Plan'],
  [waiting('let-in'), 'Ada let you in: Plan'],
  [waiting('access-asked'), 'Ada asks to see your update: Plan'],
  [waiting('asked', { commentId: 'c', commentType: 'action' }), 'Ada gave you something to do: Plan'],
])('%j is said in words', (each, what) => expect(letterOf(each).items?.[0]?.what).toBe(what))

test('the total counts each by what it asks', () =>
  expect(letterOf(waiting('access-asked'), waiting('expiring'), waiting('let-in'), waiting('resolved')).subject).toBe(
    '1 request to see an update, 1 update that goes to the trash, 2 notes',
  ))

test('an address that nobody proved is told how much there is, and nothing of what', () => {
  const said = JSON.stringify(digestFor(false, [waiting('asked', { said: 'Sign it?', commentType: 'question' })]))
  expect(said).toContain('1 question')
  expect(said).not.toMatch(/Plan|Sign it|Ada/)
})
