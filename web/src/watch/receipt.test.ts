import { expect, test } from 'vitest'
import { clockGapMs, missingOf, verdictOf } from './receipt.ts'

const track = { recorded: 20, received: 20, checked: 20, heldBack: 0, filled: 0 }
const receipt = {
  tracks: { main: track },
  clockMs: 40_000,
  receivedMs: 39_980,
  probedMs: 39_970,
  recoveredAt: null,
  finishedAt: '2026-11-26T10:00:00.000Z',
}

test('a recording of which everything arrived and was checked is whole', () => {
  expect(verdictOf(receipt)).toEqual({ state: 'whole', text: 'Everything that was recorded is here, and was checked.' })
})

test.each([
  ['something is not checked yet', { tracks: { main: { ...track, checked: 3 } } }, 'waiting', /still being checked/],
  ['it goes on', { finishedAt: null, tracks: { main: { ...track, received: 3 } } }, 'waiting', /still arriving/],
  ['a camera did not arrive whole', { tracks: { main: track, camera: { ...track, received: 18 } } }, 'incomplete', /2 segments/],
  [
    'it was recovered',
    { recoveredAt: '2026-11-26T10:00:00.000Z', tracks: { main: { ...track, received: 3 } } },
    'waiting',
    /may/,
  ],
  [
    'some of it cannot be played',
    { recoveredAt: '2026-11-26T10:00:00.000Z', tracks: { main: { ...track, received: 13, heldBack: 4 } } },
    'waiting',
    /^4 segments cannot be played: a part before them/,
  ],
  [
    'all of it cannot be played',
    { finishedAt: null, tracks: { main: { ...track, received: 1, heldBack: 1 } } },
    'waiting',
    /^1 segment cannot be played: a part before it/,
  ],
  ['a hole was filled', { tracks: { main: { ...track, filled: 1 } } }, 'incomplete', /1 segment never/],
  ['the length is wrong', { probedMs: 30_000 }, 'incomplete', /length/],
] as const)('when %s the receipt says so', (_, change, state, text) => {
  const verdict = verdictOf({ ...receipt, ...change })
  expect(verdict.state).toBe(state)
  expect(verdict.text).toMatch(text)
})

test('a recorder that never said what it had is believed to have had what arrived', () => {
  expect(missingOf({ ...track, recorded: null })).toBe(0)
  expect(clockGapMs({ clockMs: null, probedMs: 1, receivedMs: 1 })).toBeNull()
})
