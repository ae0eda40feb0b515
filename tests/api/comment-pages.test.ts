import { commentPage } from '@meanwhile/server/comments/list-comments'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { as, given, db } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cleo = await given.person('Cleo')
const cut = await cutRecording()
type Listed = { id: string; parentId: string | null; text: string }

async function pages(person: typeof ada, updateId: string, query = 'limit=100') {
  const all: Listed[][] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const next: string = cursor && `&cursor=${cursor}`
    const page: { items: Listed[]; nextCursor: string | null } = (
      await as(person).inject({ url: `/api/updates/${updateId}/comments?${query}${next}` })
    ).json()
    all.push(page.items)
    cursor = page.nextCursor
  }
  return all
}

/** 800 threads, every fourth on the whole update, many at one moment and written at once; 200 replies. */
async function thousandComments(updateId: string) {
  await db.execute(sql`insert into comments (update_id, author_id, text, at_ms, created_at)
    select ${updateId}, ${ada.id}, 'c' || n, case when n % 4 = 0 then null else (n * 7919) % 50 * 100 end, timestamptz '2026-11-01' + make_interval(secs => n / 10)
    from generate_series(1, 800) n`)
  await db.execute(sql`insert into comments (update_id, author_id, parent_id, text, at_ms, created_at)
    select update_id, ${ben.id}, id, 'r', at_ms, created_at + interval '1 hour' from comments where update_id = ${updateId} and parent_id is null order by id limit 200`)
}

test('a thousand comments come in pages, in one order, without gaps or repeats, replies behind what they answer', async () => {
  const { id } = await given.recording(ada, cut)
  await thousandComments(id)
  const [whole] = await pages(ben, id, 'limit=200')
  const listed = await pages(ben, id, 'limit=150')
  expect(listed.map((page) => page.filter(({ parentId }) => !parentId).length)).toEqual([150, 150, 150, 150, 150, 50])
  const ids = listed.flat().map((comment) => comment.id)
  expect(new Set(ids).size).toBe(1000)
  expect(ids.slice(0, whole!.length)).toEqual(whole!.map((comment) => comment.id))
  for (const [index, { parentId }] of listed.flat().entries()) {
    const before = listed.flat()[index - 1]
    if (parentId) expect([before?.id, before?.parentId]).toContain(parentId)
  }
})

type Plan = { 'Node Type': string; 'Index Name'?: string; 'Relation Name'?: string; Plans?: Plan[] }
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

test('a page is one query that walks the index and never reads the comments of other updates', async () => {
  const { id } = await given.recording(ada, cut)
  await thousandComments(id)
  for (let others = 0; others < 20; others++) await thousandComments((await given.update(ben)).id)
  await db.execute(sql`analyze comments`)
  const viewer = {
    ...ada,
    picture: null,
    role: 'owner' as const,
    rate: 1 as const,
    appearance: 'system' as const,
    playback: { rate: null, skipSilences: null, captions: null },
  }
  const [{ workspace_id: workspaceId } = { workspace_id: '' }] = await db.execute<{ workspace_id: string }>(
    sql`select workspace_id from members where user_id = ${ada.id}`,
  )
  const query = commentPage(db, id, { ...viewer, workspace: { id: workspaceId, name: '', playback: {} } }, { limit: 50 })
  const [{ 'QUERY PLAN': plan } = { 'QUERY PLAN': [] }] = await db.execute<{ 'QUERY PLAN': { Plan: Plan }[] }>(
    sql`explain (analyze, format json) ${query.getSQL()}`,
  )
  const nodes = nodesOf(plan[0]!.Plan)
  expect(nodes.map((node) => node['Index Name'])).toContain('comments_in_order')
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'comments')).toEqual([])
})

test('a thread is listed whole when something in it fits the filters', async () => {
  const { id } = await given.recording(ada, cut)
  const say = async (person: typeof ada, payload: object) =>
    (await as(person).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload })).json() as Listed
  const question = await say(ben, { text: 'question', type: 'question', ownerId: ada.id, atMs: 1 })
  await say(ada, { text: 'its answer', parentId: question.id })
  const action = await say(cleo, { text: 'action', type: 'action', ownerId: ben.id, atMs: 2 })
  await say(ada, { text: 'decision', type: 'decision', atMs: 3 })
  const note = await say(ada, { text: 'note', atMs: 4 })
  await say(cleo, { text: 'reply that names Ben', parentId: note.id, mentions: [ben.id] })
  const texts = async (query: string, person = ada) => (await pages(person, id, query)).flat().map(({ text }) => text)

  const ofQuestion = ['question', 'its answer']
  const ofNote = ['note', 'reply that names Ben']
  expect(await texts('type=question')).toEqual(ofQuestion)
  expect(await texts('type=decision')).toEqual(['decision'])
  expect(await texts('open=true')).toEqual([...ofQuestion, 'action'])
  await as(cleo).inject({ method: 'PUT', url: `/api/comments/${action.id}/resolution`, payload: {} })
  expect(await texts('open=true')).toEqual(ofQuestion)
  expect(await texts('open=false')).toEqual(['action'])
  expect(await texts('open=true&type=action')).toEqual([])
  expect(await texts('mine=true', ben)).toEqual([...ofQuestion, 'action', ...ofNote])
  expect(await texts(`person=${cleo.id}`)).toEqual(['action', ...ofNote])
  expect(await texts(`person=${ben.id}&open=true`)).toEqual(ofQuestion)
  await as(ada).inject({ method: 'PUT', url: `/api/comments/${question.id}/hidden` })
  expect(await texts('open=true')).toEqual([])
  expect(await texts('type=question')).toEqual(ofQuestion)
})

test.each([
  'cursor=made-up',
  `cursor=${Buffer.from(JSON.stringify([0, '0000-01-01T00:00:00Z', crypto.randomUUID()])).toString('base64url')}`,
  `cursor=${Buffer.from(JSON.stringify([-1, '2026-01-01T00:00:00Z', crypto.randomUUID()])).toString('base64url')}`,
  'limit=0',
  'limit=100000',
  'open=perhaps',
  'type=poll',
  'person=Ben',
])('the query %s is refused with 400', async (query) => {
  const { id } = await given.update(ada)
  expect((await as(ada).inject({ url: `/api/updates/${id}/comments?${query}` })).json()).toMatchObject({ status: 400 })
})
