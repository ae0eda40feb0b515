import { expect, test } from 'vitest'
import { clockOf, plainClock } from '../player/clock.ts'
import { lanesOf, marksOf, momentOf } from './marks.ts'

const comment = { id: '1', parentId: null, atMs: 4210, author: { name: 'Ana' }, text: 'Here', deleted: false }

test('a comment at a moment has a mark there that says whose it is', () => {
  expect(marksOf([comment], plainClock)).toEqual([
    { id: '1', atMs: 4210, recordedMs: 4210, author: 'Ana', text: 'Here', label: 'Comment by Ana at 0:04' },
  ])
})

test('replies, deleted comments and those about the whole update have none', () => {
  const none = [
    { ...comment, parentId: '0' },
    { ...comment, deleted: true },
    { ...comment, atMs: null },
  ]
  expect(marksOf(none, plainClock)).toEqual([])
})

test('where something is cut, a mark is where its moment is watched; in a part that was cut there is none', () => {
  const clock = clockOf({ cuts: [[0, 3000]], recordedMs: 60_000 }, false)
  expect(marksOf([comment], clock)).toMatchObject([{ atMs: 1210, recordedMs: 4210, label: 'Comment by Ana at 0:01' }])
  expect(momentOf({ atMs: 4210, endMs: 9000 }, clock)).toBe('0:01–0:06')
  expect(marksOf([{ ...comment, atMs: 2999 }], clock)).toEqual([])
})

test('a range says where it begins and ends', () => {
  expect(momentOf({ atMs: 70_000, endMs: 92_000 }, plainClock)).toBe('1:10–1:32')
  expect(momentOf({ atMs: 70_000, endMs: null }, plainClock)).toBe('1:10')
})

test('marks that would lie on each other stand above each other, in whatever order they come', () => {
  expect(lanesOf([4000, 23_000, 4100], 500)).toEqual([0, 0, 1])
  expect(lanesOf([4200, 4100, 4000], 500)).toEqual([2, 1, 0])
  expect(lanesOf([0, 400, 800], 500)).toEqual([0, 1, 0])
})

test('with more of them than lanes, each is still somewhere', () => {
  expect(lanesOf([0, 1, 2, 3, 4], 500)).toEqual([0, 1, 2, 0, 1])
})
