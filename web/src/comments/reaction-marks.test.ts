import { expect, test } from 'vitest'
import { plainClock } from '../player/clock.ts'
import { reactionSpots } from './reaction-marks.ts'

const mark = (emoji: '👍' | '🎉', atMs: number, count = 1) => ({ emoji, atMs, count, mine: false })

test('reactions near each other are one spot with the sign that is seen most', () => {
  expect(reactionSpots([mark('👍', 2000), mark('🎉', 3000, 2), mark('👍', 9000)], plainClock, 1500)).toEqual([
    { atMs: 2000, emoji: '🎉', label: '2 🎉, 1 👍 at 0:02' },
    { atMs: 9000, emoji: '👍', label: '1 👍 at 0:09' },
  ])
})

test('they stand where they are watched, and nowhere in what was cut', () => {
  const clock = { cuts: [[1000, 5000] satisfies [number, number]], edited: false }
  expect(reactionSpots([mark('👍', 2000), mark('🎉', 8000)], clock, 500)).toMatchObject([{ atMs: 4000, emoji: '🎉' }])
})
