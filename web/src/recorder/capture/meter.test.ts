import { expect, test } from 'vitest'
import { deafness, loudness } from './meter.ts'

test('silence is 0, full scale is 1, and half as loud is in between', () => {
  expect(loudness(new Float32Array(512))).toBe(0)
  expect(loudness(new Float32Array(512).fill(1))).toBe(1)
  expect(loudness(new Float32Array(512).fill(0.03))).toBeCloseTo(0.49, 1)
})

test('nothing heard for three seconds is noticed, and a sound ends it', () => {
  const isDeaf = deafness(3000)
  expect(isDeaf(0, 0)).toBe(false)
  expect(isDeaf(0.02, 2900)).toBe(false)
  expect(isDeaf(0.02, 3000)).toBe(true)
  expect(isDeaf(0.5, 3100)).toBe(false)
  expect(isDeaf(0, 6000)).toBe(false)
})

test('nothing is said of a time in which nobody listened', () => {
  const isDeaf = deafness(3000)
  expect(isDeaf(0.5, 0)).toBe(false)
  expect(isDeaf(0, 60_000)).toBe(false)
  expect(isDeaf(0, 62_000)).toBe(false)
  expect(isDeaf(0, 63_000)).toBe(true)
})
