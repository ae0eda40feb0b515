import { expect, test } from 'vitest'
import { lanesOf, marksOf, momentOf } from './marks.ts'

const comment = { id: '1', parentId: null, atMs: 4210, author: { name: 'Ana' }, text: 'Here', deleted: false }

test('a comment at a moment has a mark there that says whose it is', () => {
  expect(marksOf([comment])).toEqual([{ id: '1', atMs: 4210, author: 'Ana', text: 'Here', label: 'Comment by Ana at 0:04' }])
})

test('replies, deleted comments and those about the whole update have none', () => {
  expect(
    marksOf([
      { ...comment, parentId: '0' },
      { ...comment, deleted: true },
      { ...comment, atMs: null },
    ]),
  ).toEqual([])
})

test('a range says where it begins and ends', () => {
  expect(momentOf({ atMs: 70_000, endMs: 92_000 })).toBe('1:10–1:32')
  expect(momentOf({ atMs: 70_000, endMs: null })).toBe('1:10')
})

test('marks that would lie on each other stand above each other, in whatever order they come', () => {
  expect(lanesOf([4000, 23_000, 4100], 500)).toEqual([0, 0, 1])
  expect(lanesOf([4200, 4100, 4000], 500)).toEqual([2, 1, 0])
  expect(lanesOf([0, 400, 800], 500)).toEqual([0, 1, 0])
})

test('with more of them than lanes, each is still somewhere', () => {
  expect(lanesOf([0, 1, 2, 3, 4], 500)).toEqual([0, 1, 2, 0, 1])
})
