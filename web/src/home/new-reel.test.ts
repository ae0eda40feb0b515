import { expect, test } from 'vitest'
import { byDue } from './asked.svelte.ts'
import { reelTotal } from './new-reel.svelte.ts'

type Told = Parameters<typeof reelTotal>[0]
const item = { id: 'a' } as Told['items'][number]
const reel = (change: Partial<Told>): Told => ({
  from: 'unseen',
  title: null,
  items: [item],
  left: 0,
  totals: { people: 7, durationMs: 1_120_000, listenMs: 630_000 },
  playback: { rate: 1.5, skipSilences: true, captions: null },
  ...change,
})

test('before it plays it says whose, how long, and how long at the own speed', () => {
  expect(reelTotal(reel({}))).toBe('7 people · 18:40 → 10:30 at 1.5× without silences')
  const plain = { rate: 1, skipSilences: false, captions: null } as const
  const totals = { people: 1, durationMs: 60_000, listenMs: 60_000 }
  expect(reelTotal(reel({ totals, playback: plain }))).toBe('1 person · 1:00')
  expect(reelTotal(reel({ totals, playback: plain, left: 12 }))).toBe('1 person · 1:00 · 12 more behind these')
  expect(reelTotal(reel({ totals, playback: plain, left: 900 }))).toBe('1 person · 1:00 · 900+ more behind these')
  expect(reelTotal(reel({ items: [] }))).toBeNull()
})

test('what is late stands first, what nobody waits for last', () => {
  const due = [null, '2026-11-28T10:00:00.000Z', '2026-11-26T10:00:00.000Z'].map((dueAt) => ({ dueAt }))
  expect(due.toSorted(byDue).map(({ dueAt }) => dueAt)).toEqual([due[2]?.dueAt, due[1]?.dueAt, null])
})
