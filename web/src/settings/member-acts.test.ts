import { expect, test } from 'vitest'
import { actsOn } from './member-acts.ts'

const owner = { id: 'o', role: 'owner' } as const
const admin = { id: 'a', role: 'admin' } as const
const other = { id: 'b', role: 'admin' } as const
const member = { id: 'm', role: 'member' } as const

test.each([
  [owner, owner, []],
  [admin, owner, ['make-member', 'reset', 'transfer', 'remove', 'erase']],
  [member, owner, ['make-admin', 'reset', 'transfer', 'remove', 'erase']],
  [{ ...member, hasTwoFactor: true }, admin, ['make-admin', 'reset', 'two-factor', 'remove', 'erase']],
  [owner, admin, []],
  [other, admin, ['make-member', 'reset', 'remove', 'erase']],
  [admin, admin, ['leave']],
  [admin, member, []],
  [member, member, ['leave']],
])('%o is offered to %o: %j', (whom, viewer, acts) => {
  expect(actsOn(whom, viewer)).toEqual(acts)
})
