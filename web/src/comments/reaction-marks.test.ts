import { expect, test } from 'vitest'
import { plainClock } from '../player/clock.ts'
import { reactionSpots, spotAt } from './reaction-marks.ts'

const mark = (emoji: '👍' | '🎉', atMs: number, count = 1) => ({ emoji, atMs, count, mine: false })

test('reactions near each other are one spot with the sign that is seen most', () => {
  expect(reactionSpots([mark('👍', 2000), mark('🎉', 3000, 2), mark('👍', 9000)], plainClock, 1500)).toEqual([
    { atMs: 2000, emoji: '🎉', count: 2, said: '2 🎉, 1 👍', label: '2 🎉, 1 👍 at 0:02' },
    { atMs: 9000, emoji: '👍', count: 1, said: '1 👍', label: '1 👍 at 0:09' },
  ])
})

test('they stand where they are watched, and nowhere in what was cut', () => {
  const clock = { cuts: [[1000, 5000] satisfies [number, number]], edited: false }
  expect(reactionSpots([mark('👍', 2000), mark('🎉', 8000)], clock, 500)).toMatchObject([{ atMs: 4000, emoji: '🎉' }])
})

test('who points near a spot is told of the nearest', () => {
  const spots = reactionSpots([mark('👍', 2000), mark('🎉', 5000)], plainClock, 500)
  expect([1600, 3600, 4900, 6000].map((ms) => spotAt(spots, ms, 1000)?.emoji)).toEqual(['👍', undefined, '🎉', undefined])
})
