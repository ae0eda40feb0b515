import { applyRetention } from '@meanwhile/worker/schedules/retention'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'

const { as, given, db } = await startApp()
const owner = await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')

const read = async (who: Person, id: string) => (await as(who).inject({ url: `/api/updates/${id}` })).json()
const setRule = (retentionDays: number | null) =>
  as(owner).inject({ method: 'PATCH', url: '/api/workspace', payload: { retentionDays } })
const notices = async (who: Person) =>
  (await as(who).inject({ url: '/api/notifications' })).json().items.filter((each: { kind: string }) => each.kind === 'expiring')
const keep = (who: Person, id: string, method: 'PUT' | 'DELETE' = 'PUT') =>
  as(who).inject({ method, url: `/api/updates/${id}/kept` })

/** An update of Ada that is so many days old. */
async function aged(days: number, payload: object = {}) {
  const { id } = await given.update(ada, { title: 'Old', ...payload })
  await db.execute(sql`update updates set published_at = now() - make_interval(days => ${days}) where id = ${id}`)
  return id
}
const pass = (days: number) =>
  db.execute(
    sql`update updates set published_at = published_at - make_interval(days => ${days}), warned_at = warned_at - make_interval(days => ${days})`,
  )

test('without a rule nothing expires', async () => {
  const id = await aged(4000)
  await applyRetention(db)
  expect(await read(ben, id)).toMatchObject({ expiresAt: null, keptAt: null })
  await as(ada).inject({ method: 'DELETE', url: `/api/updates/${id}` })
})

test('what has reached its age goes to the trash a week after its author was told, never sooner', async () => {
  const id = await aged(100)
  const fresh = await aged(1)
  expect((await setRule(30)).json()).toMatchObject({ retentionDays: 30 })
  await applyRetention(db)
  await applyRetention(db)
  expect(await notices(ada)).toMatchObject([{ update: { id } }])
  expect(await notices(ben)).toEqual([])
  const { expiresAt, canKeep } = await read(ada, id)
  expect(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)).toBe(7)
  expect(canKeep).toBe(true)
  expect((await read(ben, id)).canKeep).toBe(false)
  await pass(6)
  await applyRetention(db)
  expect(await read(ada, id)).toMatchObject({ title: 'Old' })
  await pass(1)
  await applyRetention(db)
  expect((await as(ada).inject({ url: `/api/updates/${id}` })).statusCode).toBe(404)
  expect((await as(ada).inject({ url: '/api/trash' })).json().items[0]).toMatchObject({ id, trashedBy: null })
  expect(await read(ada, fresh)).toMatchObject({ title: 'Old' })
  const { items } = (await as(owner).inject({ url: '/api/audit-events' })).json()
  expect(items).toContainEqual(expect.objectContaining({ action: 'update.expired', actor: null }))
  // Whoever restores it wants it.
  await as(ada).inject({ method: 'POST', url: `/api/trash/${id}/restore` })
  await applyRetention(db)
  expect((await read(ada, id)).keptAt).not.toBeNull()
})

test('what its author or an admin keeps stays, and its warning is taken back', async () => {
  await setRule(30)
  const id = await aged(100)
  await applyRetention(db)
  expect((await notices(ada)).length).toBe(1)
  expect((await keep(ben, id)).statusCode).toBe(403)
  expect((await keep(ada, id)).json()).toMatchObject({ expiresAt: null })
  expect(await notices(ada)).toEqual([])
  await pass(20)
  await applyRetention(db)
  expect((await read(ben, id)).keptAt).not.toBeNull()
  expect((await keep(owner, id, 'DELETE')).json()).toMatchObject({ keptAt: null })
  await applyRetention(db)
  expect((await notices(ada)).map((each: { update: { id: string } }) => each.update.id)).toContain(id)
  await setRule(null)
  await applyRetention(db)
  expect(await notices(ada)).toEqual([])
})

test('the rule of a channel goes before that of the workspace, and 0 is for ever', async () => {
  await setRule(1000)
  const { id: channelId } = (await as(ada).inject({ method: 'POST', url: '/api/channels', payload: { name: 'Daily' } })).json()
  const rule = (retentionDays: number | null) =>
    as(ada).inject({ method: 'PATCH', url: `/api/channels/${channelId}`, payload: { retentionDays } })
  const id = await aged(5, { channelId })
  const daysLeft = async () => {
    const { expiresAt } = await read(ben, id)
    return expiresAt && Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)
  }
  expect(await daysLeft()).toBe(995)
  expect((await rule(20)).json()).toMatchObject({ retentionDays: 20 })
  expect(await daysLeft()).toBe(15)
  await rule(0)
  expect(await daysLeft()).toBeNull()
  expect((await rule(3)).statusCode).toBe(400)
  expect((await as(ben).inject({ method: 'PATCH', url: '/api/workspace', payload: { retentionDays: 20 } })).statusCode).toBe(403)
})
