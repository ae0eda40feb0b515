import { expect, test } from 'vitest'
import { dueWords, standing } from './due-words.ts'

const now = new Date('2026-03-27T12:00:00Z')
const berlin = { here: 'Europe/Berlin', locale: 'en-GB' }
/** Spaces differ between versions of the tables of words. */
const plain = (text: string) => text.replace(/[\s,]+/g, ' ')

test('a moment is said by the clock here and by theirs, also over a change of clocks', () => {
  const due = { dueAt: '2026-03-30T07:00:00Z', ownerZone: 'Asia/Shanghai' }
  expect(plain(dueWords(due, now, berlin))).toBe('Mon 09:00 for you · Mon 15:00 where they are')
  // The day before, clocks in Berlin were an hour behind.
  const before = { dueAt: '2026-03-28T07:00:00Z', ownerZone: 'Asia/Shanghai' }
  expect(plain(dueWords(before, now, berlin))).toBe('Sat 08:00 for you · Sat 15:00 where they are')
})

test('it is said once where clocks agree, where nobody knows theirs, and to whoever is asked', () => {
  expect(plain(dueWords({ dueAt: '2026-03-27T14:00:00Z', ownerZone: 'Europe/Paris' }, now, berlin))).toBe('Fri 15:00')
  expect(plain(dueWords({ dueAt: '2026-03-27T14:00:00Z', ownerZone: null }, now, berlin))).toBe('Fri 15:00')
  const abroad = { dueAt: '2026-03-27T14:00:00Z', ownerZone: 'America/New_York' }
  expect(plain(dueWords(abroad, now, { ...berlin, mine: true }))).toBe('Fri 15:00')
})

test('what is further away has a date', () => {
  expect(plain(dueWords({ dueAt: '2026-04-10T08:00:00Z', ownerZone: null }, now, berlin))).toBe('Fri 10 Apr 10:00')
})

test('late is what nobody answered in time', () => {
  const open = { dueAt: '2026-03-27T11:00:00Z', ownerZone: null, resolution: null, deleted: false, hidden: null }
  expect(standing(open, now)).toBe('late')
  expect(standing({ ...open, dueAt: '2026-03-27T13:00:00Z' }, now)).toBe('on track')
  expect(standing({ ...open, resolution: {} }, now)).toBeNull()
  expect(standing({ ...open, dueAt: null }, now)).toBeNull()
})
