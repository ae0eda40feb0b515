import { expect, test } from 'vitest'
import { everything, type Filter, filterThreads, isOpen } from './filter-threads.ts'

const ada = { id: 'ada' }
const ben = { id: 'ben' }
const comment = (id: string, change: object = {}) => ({
  id,
  ...{ type: 'note' as const, resolution: null, deleted: false, hidden: null, author: ben, owner: null, mentions: [] },
  ...change,
})
const threads = [
  { comment: comment('note'), replies: [comment('decided', { type: 'decision', author: ada })] },
  { comment: comment('asked', { type: 'question', owner: ada }), replies: [] },
  { comment: comment('answered', { type: 'question', resolution: {} }), replies: [comment('names', { mentions: [ada] })] },
  { comment: comment('done', { type: 'action', resolution: {} }), replies: [] },
  { comment: comment('gone', { type: 'action', deleted: true }), replies: [comment('left')] },
  { comment: comment('out of sight', { type: 'action', hidden: {} }), replies: [] },
]
const found = (filter: Partial<Filter>) =>
  filterThreads(threads, { ...everything, ...filter }, 'ada').map(({ comment: { id } }) => id)

test.each<[Partial<Filter>, string[]]>([
  [{}, ['note', 'asked', 'answered', 'done', 'gone', 'out of sight']],
  [{ type: 'question' }, ['asked', 'answered']],
  [{ type: 'decision' }, ['note']],
  [{ type: 'action' }, ['done', 'out of sight']],
  [{ open: true }, ['asked']],
  [{ personId: 'ada' }, ['note', 'asked']],
  [{ mine: true }, ['note', 'asked', 'answered']],
  [{ mine: true, personId: 'ben' }, ['asked', 'answered']],
  [{ personId: 'cleo' }, []],
  [{ type: 'question', personId: 'ada', open: true }, ['asked']],
  [{ type: 'decision', open: true }, []],
])('%o finds the whole thread of what fits', (filter, ids) => {
  expect(found(filter)).toEqual(ids)
})

test('what fits must fit in one comment, not in two of a thread', () => {
  expect(found({ type: 'question', personId: 'ada' })).toEqual(['asked'])
})

test('nobody is asked to settle what was deleted or taken out of sight', () => {
  const asked = comment('asked', { type: 'question' })
  expect([asked, { ...asked, deleted: true }, { ...asked, hidden: {} }, { ...asked, resolution: {} }].map(isOpen)).toEqual([
    true,
    false,
    false,
    false,
  ])
})
