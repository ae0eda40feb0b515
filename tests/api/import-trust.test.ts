import { createLog } from '@meanwhile/shared/platform/log'
import { eraseAccounts } from '@meanwhile/worker/schedules/erase'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'
import { transfersOn } from '../support/take-in.ts'

const started = await startApp()
const { as, given, db, storage, password } = started
const { imported, exported, post } = transfersOn(started)
const log = createLog('silent', 'test')
const olga = await given.person('Olga')
const ben = await given.person('Ben')
const updatesOf = async (person: Person) => (await as(person).inject({ url: '/api/updates' })).json().items
const workspaceOf = async ({ id }: Person) =>
  (await db.execute<{ id: string }>(`select workspace_id as id from members where user_id = '${id}'`))[0]?.id

test('who was erased does not come back with an export that was made before', async () => {
  const ada = await given.person('Adelaide')
  await given.update(ada, { title: 'Mine' })
  const { id } = await given.update(olga, { title: 'Of Olga' })
  const said = (await post(ada, `/api/updates/${id}/comments`, { text: 'I am here' })).json()
  const answer = { text: '@Adelaide and Adelaide', parentId: said.id, mentions: [ada.id] }
  await post(ben, `/api/updates/${id}/comments`, answer)
  await as(ada).inject({ method: 'PUT', url: `/api/comments/${said.id}/reactions/${encodeURIComponent('👍')}` })
  const zip = await exported(olga)
  expect((await post(ada, '/api/me/erasure', { password, confirmation: 'delete' })).statusCode).toBe(204)
  // It is the same before a worker has done its part, and after.
  const back = async () => {
    await db.execute(`delete from updates where id = '${id}'`)
    const workspaceId = await workspaceOf(olga)
    await db.execute(`delete from updates where workspace_id = '${workspaceId}'`)
    const { state, report } = await imported(olga, zip)
    expect({ state, report }).toMatchObject({ state: 'done', report: { updates: 1, comments: 2 } })
    expect(report.notes).toContain('1 update was left out: who made them deleted their account.')
    const [update, ...others] = await updatesOf(olga)
    expect([update.title, others]).toEqual(['Of Olga', []])
    const { items } = (await as(olga).inject({ url: `/api/updates/${update.id}/comments` })).json()
    expect(items).toMatchObject([
      { author: { name: 'Deleted person' }, text: '', deleted: true },
      { text: '@Deleted person and Deleted person' },
    ])
    expect(await db.execute(`select 1 from users where imported_to = '${workspaceId}' and name = 'Adelaide'`)).toHaveLength(0)
  }
  await back()
  await db.execute('delete from transfers')
  await eraseAccounts({ db, storage, log })
  expect(await db.execute(`select 1 from users where id = '${ada.id}'`)).toHaveLength(0)
  await back()
})

test('an address that nobody proved opens no private channel and signs nothing; the report says so', async () => {
  const { id: channelId } = (await post(ben, '/api/channels', { name: 'Private', isPrivate: true })).json()
  await as(ben).inject({ method: 'PUT', url: `/api/channels/${channelId}/members/${olga.id}` })
  await given.update(ben, { title: 'Not for all', channelId })
  const zip = await exported(olga)
  const [paul, fake] = [await given.stranger('Paul'), await given.stranger('Fake')]
  const there = await workspaceOf(paul)
  await db.execute(`update members set workspace_id = '${there}', role = 'member' where user_id = '${fake.id}'`)
  await db.execute(`update users set email = 'ben-at-home@example.org' where id = '${ben.id}'`)
  await db.execute(`update users set email = '${ben.email}' where id = '${fake.id}'`)
  const { report } = await imported(paul, zip)
  expect(report.notes).toContain(`Ben is only a name here: who has the address ${ben.email} has not proved that it is theirs.`)
  const titles = async (person: Person) => (await updatesOf(person)).map(({ title }: { title: string }) => title)
  expect(await titles(paul)).toContain('Not for all')
  expect(await titles(fake)).not.toContain('Not for all')
  expect((await updatesOf(paul)).find(({ title }: { title: string }) => title === 'Not for all').author.id).not.toBe(fake.id)
})
