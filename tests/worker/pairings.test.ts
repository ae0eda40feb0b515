import { one } from '@meanwhile/shared/db/client'
import { pairingPeople, pairings } from '@meanwhile/shared/db/schema/pairings'
import { members, users, workspaces } from '@meanwhile/shared/db/schema/people'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { seesUpdate } from '@meanwhile/shared/db/sees-update'
import { settlePairingOf } from '@meanwhile/shared/db/settle-pairing'
import { keepPairings } from '@meanwhile/worker/pairing/keep-pairings'
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { cloneDatabase } from '../support/database.ts'

const { db } = await cloneDatabase()

test('a fortnight is made once, shown when all have answered, and gone after thirty days', async () => {
  const workspace = one(await db.insert(workspaces).values({ name: 'Team', pairingFrom: '2026-03-02' }).returning())
  const ids: string[] = []
  for (const name of ['Ada', 'Ben', 'Cem', 'Dee', 'Eli']) {
    const { id } = one(
      await db
        .insert(users)
        .values({ name, email: `${name}@example.org`, timeZone: 'UTC' })
        .returning(),
    )
    await db.insert(members).values({ workspaceId: workspace.id, userId: id, role: 'member' })
    ids.push(id)
  }
  const before = await keepPairings(db, new Date('2026-03-01T09:00:00Z'))
  expect(before.made).toBe(0)
  const early = new Date('2026-03-01T12:00:00Z')
  const both = await Promise.all([keepPairings(db, early), keepPairings(db, early)])
  expect(both.map(({ made }) => made).toSorted()).toEqual([0, 2])
  expect((await keepPairings(db, early)).made).toBe(0)
  expect((await keepPairings(db, new Date('2026-03-02T08:59:00Z'))).told).toBe(0)
  expect((await keepPairings(db, new Date('2026-03-02T09:00:00Z'))).told).toBe(5)
  const people = await db.select().from(pairingPeople)
  const sizeOf = (id: string) => people.filter(({ pairingId }) => pairingId === id).length
  const pair = people.filter(({ pairingId }) => sizeOf(pairingId) === 2)
  expect(pair).toHaveLength(2)
  const now = new Date('2026-03-03T10:00:00Z')
  const sees = async (userId: string, updateId: string) =>
    (
      await db
        .select({ id: updates.id })
        .from(updates)
        .where(and(eq(updates.id, updateId), seesUpdate({ userId, workspaceId: workspace.id })))
    ).length
  const said: string[] = []
  for (const { userId, pairingId } of pair) {
    const draft = { workspaceId: workspace.id, authorId: userId, pairingId, body: 'A tram', publishedAt: now }
    const { id } = one(await db.insert(updates).values(draft).returning())
    if (said[0]) expect(await sees(userId, said[0])).toBe(0)
    await db.transaction((tx) => settlePairingOf(tx, id, now))
    said.push(id)
  }
  const shown = await Promise.all(ids.map((id) => sees(id, said[0] ?? '')))
  expect(shown.filter((count) => count > 0)).toHaveLength(2)
  expect((await keepPairings(db, new Date('2026-04-02T09:00:00Z'))).erased).toBe(0)
  expect((await keepPairings(db, new Date('2026-04-02T10:00:00Z'))).erased).toBe(1)
  expect(await db.$count(updates)).toBe(0)
  expect(await db.$count(pairings)).toBeGreaterThan(2)
})
