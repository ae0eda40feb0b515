import { expect, test } from 'vitest'
import { placeDeliveryText } from './place-delivery-text.ts'

// No zone: by the clock of whoever reads.
const now = new Date('2026-11-27T12:00:00')
const at = (time: string) => new Date(time).toISOString()
const said = (people: number, first: string | null, last: string | null) =>
  placeDeliveryText({ people, first: first && at(first), last: last && at(last) }, now, 'en-GB')

test('it is said once where all get it at the same moment, from first to last else, and not at all where nobody does', () => {
  expect(said(1, '2026-11-27T15:30:00', '2026-11-27T15:30:00')).toBe('One person gets this at 15:30.')
  expect(said(7, '2026-11-27T15:30:00', '2026-11-27T15:30:00')).toBe('7 people get this at 15:30.')
  expect(said(7, '2026-11-27T15:30:00', '2026-11-30T09:30:00')).toBe(
    '7 people get this in their own time: the first at 15:30, the last on Monday 09:30.',
  )
  expect(said(0, null, null)).toBe('')
})
