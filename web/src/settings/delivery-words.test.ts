import { expect, test } from 'vitest'
import { deliveryWords } from './delivery-words.ts'

const now = new Date().toISOString()
const nothing = { deliveredAt: null, nextAttemptAt: now, attempts: 0, status: null, durationMs: null, error: null }
test.each([
  ['Waits to be sent', nothing],
  ['Answered 204 in 30 ms', { ...nothing, attempts: 1, status: 204, durationMs: 30, deliveredAt: now, nextAttemptAt: null }],
  ['Answered 500 in 7 ms; 1 attempt, another follows', { ...nothing, attempts: 1, status: 500, durationMs: 7 }],
  ['No connection; given up after 9 attempts', { ...nothing, attempts: 9, error: 'No connection', nextAttemptAt: null }],
])('%s', (words, delivery) => {
  expect(deliveryWords(delivery)).toBe(words)
})
