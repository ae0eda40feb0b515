import { createLog } from '@meanwhile/shared/platform/log'
import { eraseAccounts } from '@meanwhile/worker/schedules/erase'
import { applyRetention } from '@meanwhile/worker/schedules/retention'
import { forgetTransfers } from '@meanwhile/worker/transfers/forget-transfers'
import { runTransfers } from '@meanwhile/worker/transfers/run-transfers'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'
import { transfersOn } from '../support/take-in.ts'
import { rewritten } from '../support/zip.ts'

const started = await startApp()
const { as, given, db, storage, password } = started
const { imported, exported, post, uploaded, transferOf, work, makers } = transfersOn(started)
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

const toPaul = async (name: string, change: (records: Record<string, Record<string, unknown>[]>) => void) => {
  const person = await given.stranger(name)
  return { person, zip: await rewritten(await exported(olga), change) }
}

test('old updates that a rule would take are kept, and nobody who is only a name is warned', async () => {
  const { person, zip } = await toPaul('Petra', ({ 'data/updates.json': updates }) => {
    for (const each of updates ?? []) Object.assign(each, { publishedAt: '2020-01-01T00:00:00.000Z' })
  })
  const workspaceId = await workspaceOf(person)
  await db.execute(`update workspaces set retention_days = 365 where id = '${workspaceId}'`)
  const { report } = await imported(person, zip)
  expect(report.notes).toContainEqual(expect.stringMatching(/kept, although the rules would move so old ones to the trash\.$/))
  const all = await updatesOf(person)
  expect(all.length).toBe(report.updates)
  expect(all.every(({ keptAt }: { keptAt: string | null }) => keptAt !== null)).toBe(true)
  // Somebody lets the rule count again.
  await db.execute(`update updates set kept_at = null where workspace_id = '${workspaceId}'`)
  await applyRetention(db)
  const told = await db.execute(
    `select 1 from notifications join users on users.id = user_id where imported_to = '${workspaceId}'`,
  )
  expect(told).toHaveLength(0)
})

test('an import goes on when a member deletes their account, without what that member made', async () => {
  const zip = await exported(olga)
  const zoe = await given.person('Zoe of the import')
  const id = await uploaded(olga, zip)
  await db.execute(`update transfers set state = 'running', lease_id = gen_random_uuid(), name = 'Zoe of the import.zip',
    lease_until = now() + interval '1 hour', attempts = 1 where id = '${id}'`)
  expect((await post(zoe, '/api/me/erasure', { password, confirmation: 'delete' })).statusCode).toBe(204)
  expect(await transferOf(olga, id)).toMatchObject({ state: 'waiting', name: null })
  await work()
  expect(await transferOf(olga, id)).toMatchObject({ state: 'done' })
})

test('an import that failed for no fault of its file keeps it, and is tried again', async () => {
  const person = await given.stranger('Rita')
  const id = await uploaded(person, await exported(olga))
  const away = { ...storage, read: () => Promise.reject(new Error('the storage is away')) }
  for (let attempt = 0; attempt < 3; attempt++) {
    await db.execute(`update transfers set lease_until = null where id = '${id}'`)
    await runTransfers({ ...started, storage: away as unknown as typeof storage, log, makers }, new AbortController().signal)
  }
  await forgetTransfers(db, storage)
  const failed = await transferOf(person, id)
  expect(failed).toMatchObject({ state: 'failed', partCount: expect.any(Number) })
  expect(failed.partCount).toBeGreaterThan(0)
  const again = await post(person, `/api/imports/${id}/finish`, { parts: failed.partCount })
  expect(again.json()).toMatchObject({ state: 'waiting', error: null, partCount: 0 })
  await work()
  expect(await transferOf(person, id)).toMatchObject({ state: 'done', error: null })
  const broken = await imported(person, Buffer.from('This is not a ZIP at all, only some words.'))
  expect(broken).toMatchObject({ state: 'failed', partCount: 0 })
  const left: string[] = []
  for await (const key of storage.list(`transfers/${broken.id}`)) left.push(key)
  expect(left).toEqual([])
  const { items } = (await as(person).inject({ url: '/api/audit-events?limit=100' })).json()
  expect(JSON.stringify(items)).not.toContain('Team.zip')
})

test('who is no longer the owner brings nothing more; an answer without its comment keeps nothing else out', async () => {
  const { person, zip } = await toPaul('Sara', (records) => {
    const [update] = records['data/updates.json'] ?? []
    const video = { id: crypto.randomUUID(), updateId: update?.id, commentId: crypto.randomUUID(), durationMs: null }
    const edits = { finishedAt: null, layout: null, cuts: [], chapters: [], original: null, camera: null, poster: null }
    records['data/videos.json'] = [{ ...video, ...edits, recorded: [], captions: [] }]
  })
  const workspaceId = await workspaceOf(person)
  const id = await uploaded(person, zip)
  const demote = async (role: string) => db.execute(`update members set role = '${role}' where user_id = '${person.id}'`)
  const late = {
    import: async (each: Parameters<typeof makers.import>[0]) => {
      await demote('member')
      return makers.import(each)
    },
  }
  await runTransfers({ ...started, log, makers: late }, new AbortController().signal)
  await demote('owner')
  expect(await transferOf(person, id)).toMatchObject({ state: 'failed', error: expect.stringMatching(/not the owner/) })
  expect(await db.execute(`select 1 from updates where workspace_id = '${workspaceId}'`)).toHaveLength(0)
  const { report } = await imported(person, zip)
  expect(report.updates).toBeGreaterThan(0)
  expect(report.notes).toContainEqual(
    expect.stringMatching(/^A recorded answer to .* could not be brought: its comment has no place\.$/),
  )
})
