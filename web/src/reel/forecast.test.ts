import { expect, test } from 'vitest'
import { forecastOf, restMs } from './forecast.ts'

const person = (id: string) => ({ id, name: id, picture: null })
const item = (id: string, playMs: number, silentMs = 0, videoId: string | null = id) =>
  ({ id, author: person(id), playMs, silentMs, videoId }) as never

const seven = Array.from({ length: 7 }, (_, number) => item(`p${number}`, 160_000, 25_000))

test.each([
  [seven, { rate: 1.5, skipSilences: true }, '7 people · 18:40 → 10:30 at 1.5× without silences'],
  [seven, { rate: 1, skipSilences: false }, '7 people · 18:40'],
  [seven, { rate: 2, skipSilences: false }, '7 people · 18:40 → 9:20 at 2×'],
  [[item('a', 60_000)], { rate: 1, skipSilences: true }, '1 person · 1:00'],
  [[item('a', 4000, 0, null)], { rate: 2, skipSilences: true }, '1 person · 0:04'],
])('what lies ahead is told before it is played', (items, how, text) => {
  expect(forecastOf(items, how)).toBe(text)
})

test('how long the rest takes grows less with each', () => {
  expect([0, 6, 7].map((index) => restMs(seven, index, { rate: 1, skipSilences: true }))).toEqual([945_000, 135_000, 0])
})
