import { expect, test } from 'vitest'
import { answerState, ending, standingOf, stepAt, type Take, takesLeft } from './standing.ts'
import { offeredWays } from './ways.ts'

const begun = {
  state: 'started',
  submittedAt: null,
  reopened: null,
  isClosed: false,
  consentedAt: '2026-11-01T00:00:00Z',
} as const
const later = '2026-11-02T00:00:00Z'

test.each([
  ['before they agreed', { state: 'invited', consentedAt: null }, 'welcome'],
  ['once they agreed', {}, 'answering'],
  ['once they handed in', { state: 'submitted', submittedAt: later }, 'handed-in'],
  ['once the deadline handed in what there was', { state: 'submitted' }, 'lapsed'],
  ['after a deadline without an answer', { state: 'expired' }, 'expired'],
  ['after a deadline that they never saw', { state: 'expired', consentedAt: null }, 'expired'],
  ['when the position was closed', { isClosed: true }, 'closed'],
  ['when it was closed after they handed in', { state: 'submitted', submittedAt: later, isClosed: true }, 'handed-in'],
  [
    'when a question was opened again',
    { state: 'submitted', submittedAt: later, reopened: { questionId: 'why', until: later } },
    'answering',
  ],
  ['when the team took the link back', { state: 'revoked', submittedAt: later, isClosed: true }, 'revoked'],
] as const)('%s', (_, change, standing) => {
  expect(standingOf({ ...begun, ...change })).toBe(standing)
})

test('a link that was never one is told from one whose data is gone, and both from a network that is away', () => {
  expect(ending({ type: '/problems/not-found' })).toBe('unknown')
  expect(ending({ type: '/problems/invitation-ended' })).toBe('gone')
  expect(ending({ type: '/problems/unreachable' })).toBeNull()
  expect(ending(null)).toBeNull()
})

const questions = [{ id: 'why', ways: ['video', 'text'] as ('video' | 'text')[] }]
test.each([
  ['', { name: 'overview' }],
  ['/practice', { name: 'practice' }],
  ['/q/why', { name: 'question', questionId: 'why' }],
  ['/q/why/video', { name: 'answer', questionId: 'why', way: 'video' }],
  ['/q/why/audio', { name: 'question', questionId: 'why' }],
  ['/q/gone/video', { name: 'overview' }],
  ['/else', { name: 'overview' }],
])('%j leads to %j', (rest, step) => {
  expect(stepAt(rest, questions)).toEqual(step)
})

function take(change: Partial<Take> & { isArrived?: boolean }): Take {
  const { isArrived = true, ...rest } = change
  const video = { finishedAt: isArrived ? later : null } as Take['video']
  return { updateId: '1', questionId: 'why', way: 'video', createdAt: later, text: '', isChosen: false, video, ...rest } as Take
}
const none = new Set<string>()

test('a question is answered by what is handed in, on its way while nothing of it is complete, else open', () => {
  expect(answerState('why', [], none)).toBe('open')
  expect(answerState('why', [], new Set(['why']))).toBe('sending')
  expect(answerState('why', [take({ isArrived: false })], none)).toBe('sending')
  expect(answerState('why', [take({}), take({ way: 'text', video: null, isChosen: true })], none)).toBe('text')
  expect(answerState('other', [take({ isChosen: true })], none)).toBe('open')
})

test('what is written is no take, and what is on its way is one', () => {
  const takes = [take({}), take({ way: 'text', video: null }), take({ isArrived: false }), take({ questionId: 'other' })]
  expect(takesLeft({ id: 'why', retakes: 2 }, takes)).toBe(1)
  expect(takesLeft({ id: 'why', retakes: 0 }, takes)).toBe(0)
  expect(takesLeft({ id: 'why', retakes: null }, takes)).toBeNull()
})

test('ways are offered in one order; without another take only writing is left', () => {
  expect(offeredWays(['file', 'text', 'video'], true)).toEqual(['video', 'text', 'file'])
  expect(offeredWays(['file', 'text', 'video'], false)).toEqual(['text'])
})
