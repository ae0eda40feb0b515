import { expect, test } from 'vitest'
import { clockOf, plainClock } from '../player/clock.ts'
import { areDense, lanesOf, marksOf, momentOf } from './marks.ts'

const about = { id: '1', parentId: null, atMs: 4210, endMs: null, author: { name: 'Ana' } }
const comment = { ...about, text: 'Here', deleted: false, hidden: null, drawing: null, video: null }

test('a comment at a moment has a mark there that says whose it is', () => {
  expect(marksOf([comment], plainClock)).toEqual([
    { id: '1', atMs: 4210, endMs: null, recordedMs: 4210, author: 'Ana', text: 'Here', label: 'Comment by Ana at 0:04' },
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

test('one that was taken out of sight is marked for those who still read it alone', () => {
  const hidden = { at: '2026-11-22T10:00:00.000Z', by: null }
  expect(marksOf([{ ...comment, hidden }], plainClock)).toHaveLength(1)
  expect(marksOf([{ ...comment, hidden, text: '', drawing: { strokes: [] } }], plainClock)).toHaveLength(1)
  expect(marksOf([{ ...comment, hidden, text: '' }], plainClock)).toEqual([])
})

test('one about a range reaches to where that ends, as it is watched', () => {
  const clock = clockOf({ cuts: [[5000, 7000]], recordedMs: 60_000 }, false)
  expect(marksOf([{ ...comment, endMs: 9000 }], clock)).toMatchObject([
    { atMs: 4210, endMs: 7000, label: 'Comment by Ana at 0:04–0:07' },
  ])
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

test('they are dense when they would fill every lane from end to end', () => {
  expect(areDense(90, 10, 300)).toBe(false)
  expect(areDense(91, 10, 300)).toBe(true)
})
