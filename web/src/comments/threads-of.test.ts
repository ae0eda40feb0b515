import { expect, test } from 'vitest'
import { threadsOf } from './threads-of.ts'

const comment = (id: string, atMs: number | null, minute: number, parentId: string | null = null) => ({
  id,
  atMs,
  parentId,
  createdAt: `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z`,
})
const shape = (comments: ReturnType<typeof comment>[]) =>
  threadsOf(comments).map(({ comment: { id }, replies }) => [id, ...replies.map((reply) => reply.id)].join(' > '))

test('comments are read in the order of their moments, those about the whole update last', () => {
  expect(shape([comment('whole', null, 1), comment('late', 9000, 2), comment('early', 4000, 3)])).toEqual([
    'early',
    'late',
    'whole',
  ])
})

test('at the same moment, and about the whole update, the older one comes first', () => {
  expect(shape([comment('b', 4000, 2), comment('a', 4000, 1), comment('d', null, 9), comment('c', null, 8)])).toEqual([
    'a',
    'b',
    'c',
    'd',
  ])
})

test('replies stand below what they answer, oldest first', () => {
  expect(shape([comment('r2', 4000, 5, 'a'), comment('r1', 4000, 4, 'a'), comment('b', 9000, 1), comment('a', 4000, 2)])).toEqual(
    ['a > r1 > r2', 'b'],
  )
})

test('a reply to a comment that is not there is not lost', () => {
  expect(shape([comment('orphan', 4000, 1, 'gone')])).toEqual(['orphan'])
})
