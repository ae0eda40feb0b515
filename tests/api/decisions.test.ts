import type { Decision, LogEntry, LoggedDecision } from '@meanwhile/shared/contract/decisions'
import { verifyLog } from '@meanwhile/shared/decisions/log-hash'
import { afterWorkingDays, calendarOf } from '@meanwhile/shared/working-hours/clock'
import { closeDecisions } from '@meanwhile/worker/schedules/close-decisions'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'

const { app, as, given, db } = await startApp()
const owner = await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cleo = await given.person('Cleo')
const { id: updateId } = await given.recording(ada, await cutRecording({ ms: 6000, repeat: 6 }), 'Which one first')

const day = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * day)
const send = async (who: Person, method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload: object = {}) => {
  const answer = await as(who).inject({ method, url, payload })
  return { status: answer.statusCode, body: answer.body ? answer.json() : null }
}
const open = async (who: Person, payload: object, on = updateId) =>
  (await send(who, 'POST', `/api/updates/${on}/decisions`, { closesAt: inDays(2).toISOString(), ...payload })).body
const read = async (who: Person, id: string): Promise<Decision> => (await as(who).inject({ url: `/api/decisions/${id}` })).json()
const vote = (who: Person, id: string, choice: string, reason = '') =>
  send(who, 'PUT', `/api/decisions/${id}/vote`, { choice, reason })
const logOf = async (who: Person, query = '', of = '/api/decisions'): Promise<LoggedDecision[]> =>
  (await as(who).inject({ url: `${of}${query}` })).json().items
const exported = async (who: Person, of = '/api/decisions'): Promise<LogEntry[]> =>
  (await as(who).inject({ url: `${of}/export` })).body
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
const toldOf = async (who: Person, kind: string) =>
  (await as(who).inject({ url: '/api/notifications' })).json().items.filter((each: { kind: string }) => each.kind === kind)
/** Somebody opens a decision on an update of its own, and it closes after what is said. */
async function decided(votes: [Person, string, string?][], payload: object = {}) {
  const { id } = await open(ada, { text: 'What now?', ...payload })
  for (const [who, ...said] of votes) expect((await vote(who, id, ...said)).status).toBe(200)
  await closeDecisions(db, inDays(3))
  return read(ada, id)
}

test('a comment becomes a decision below it, at its moment, with the 20 seconds that led to it', async () => {
  const { body: comment } = await send(ben, 'POST', `/api/updates/${updateId}/comments`, { text: 'Small first', atMs: 30_000 })
  const made = await open(ben, { text: 'The small one first', fromId: comment.id })
  expect(made).toMatchObject({ type: 'decision', parentId: comment.id, atMs: 30_000, text: 'The small one first' })
  expect(made.round).toMatchObject({ closedAt: null })
  expect(await read(cleo, made.id)).toMatchObject({
    ...{
      text: 'The small one first',
      openedBy: { name: 'Ben' },
      options: null,
      deciders: null,
      deciderCount: 4,
      answeredCount: 0,
    },
    ...{ clip: { fromMs: 10_000, toMs: 30_000 }, outcome: null, mayVote: true, mine: null, votes: null },
  })
  expect(await toldOf(cleo, 'decide')).toMatchObject([{ actor: { name: 'Ben' }, comment: { id: made.id } }])
  expect(await toldOf(ben, 'decide')).toEqual([])
  expect((await send(ben, 'PATCH', `/api/comments/${made.id}`, { text: 'Else' })).body.type).toBe('/problems/decision-final')
})

test('what others said is told to who has said something, or at the end; it may be changed, and what was said before is kept', async () => {
  const { id } = await open(ada, { text: 'We stop the stand-up', atMs: 5000 })
  expect((await vote(ben, id, 'object')).body.errors).toMatchObject([{ field: 'reason' }])
  expect((await vote(ben, id, 'option-1')).body.errors).toMatchObject([{ field: 'choice' }])
  expect((await vote(ben, id, 'object', 'two\nlines')).status).toBe(400)
  const said = (await vote(ben, id, 'object', 'I like it')).body
  expect(said).toMatchObject({ mine: { choice: 'object' }, votes: [{ person: { name: 'Ben' }, before: [] }] })
  expect(await read(cleo, id)).toMatchObject({ answeredCount: 1, votes: null, mine: null })
  await vote(ben, id, 'agree', 'You are right')
  await vote(ben, id, 'agree', 'You are right')
  await vote(cleo, id, 'abstain')
  expect((await read(cleo, id)).votes).toMatchObject([
    { choice: 'agree', reason: 'You are right', before: [{ choice: 'object', reason: 'I like it' }] },
    { person: { name: 'Cleo' }, choice: 'abstain', before: [] },
  ])
})

test('only those who are named decide', async () => {
  const { id } = await open(ada, { text: 'Ours', deciderIds: [ben.id, ben.id] })
  expect(await read(cleo, id)).toMatchObject({ deciders: [{ name: 'Ben' }], deciderCount: 1, mayVote: false })
  expect((await vote(cleo, id, 'agree')).status).toBe(403)
  expect((await vote(ben, id, 'agree')).status).toBe(200)
  expect((await toldOf(cleo, 'decide')).map(({ comment }: { comment: { id: string } }) => comment.id)).not.toContain(id)
  const mallory = await given.stranger('Mallory')
  expect(await open(ada, { text: 'Theirs', deciderIds: [mallory.id] })).toMatchObject({ type: '/problems/person-not-found' })
  expect((await as(mallory).inject({ url: `/api/decisions/${id}` })).statusCode).toBe(404)
  expect((await vote(mallory, id, 'agree')).status).toBe(404)
})

test('without a moment it closes when the slowest of those who decide has had three working days', async () => {
  const timeZone = 'Pacific/Auckland'
  await send(cleo, 'PATCH', '/api/me/profile', {
    timeZone,
    daysOff: [{ from: '2000-01-01', to: inDays(20).toISOString().slice(0, 10) }],
  })
  const { id } = await open(ada, { text: 'Later', deciderIds: [ben.id, cleo.id], closesAt: null })
  const { closesAt, openedAt } = await read(ada, id)
  const [row] = await db.query.users.findMany({ where: (users, { eq }) => eq(users.id, cleo.id) })
  const due = afterWorkingDays(
    calendarOf({ timeZone, workingHours: row!.workingHours, daysOff: row!.daysOff }),
    new Date(openedAt),
    3,
  )
  expect(closesAt).toBe(due?.toISOString())
  await send(cleo, 'PATCH', '/api/me/profile', { daysOff: [] })
  for (const closesAt of [inDays(-1), inDays(400)])
    expect((await open(ada, { text: 'Never', closesAt: closesAt.toISOString() })).errors).toMatchObject([{ field: 'closesAt' }])
})

test('at its moment it closes by itself, once, whatever the number of workers, and is in the log with what was said', async () => {
  const { id } = await open(ada, { text: 'Exactly once', atMs: 25_000 })
  await vote(ben, id, 'agree', 'Yes')
  const { closesAt } = await read(ada, id)
  const before = (await logOf(ada, '?q=Exactly')).length
  await closeDecisions(db, new Date(Date.parse(`${closesAt}`) - 1))
  expect(await read(ada, id)).toMatchObject({ closedAt: null })
  const now = new Date(`${closesAt}`)
  await Promise.all(Array.from({ length: 6 }, () => closeDecisions(db, now)))
  expect(await read(cleo, id)).toMatchObject({
    ...{ closedAt: closesAt, mayVote: false, outcome: { result: 'agreed', silent: 3 } },
    votes: [{ person: { name: 'Ben' }, reason: 'Yes' }],
  })
  expect((await vote(cleo, id, 'object', 'Too late')).body.type).toBe('/problems/decision-closed')
  const logged = await logOf(ada, '?q=exactly once')
  expect(logged).toHaveLength(before + 1)
  expect(logged[0]).toMatchObject({
    ...{ kind: 'closed', decision: id, update: updateId, place: { atMs: 25_000, title: 'Which one first' } },
    parts: [
      { name: 'what', value: { text: 'Exactly once', clip: { fromMs: 5000, toMs: 25_000 } } },
      { name: 'by', value: { name: 'Ada' } },
      { name: 'outcome', value: { result: 'agreed' } },
      { name: 'vote', value: { person: { name: 'Ben' }, choice: 'agree', reason: 'Yes' } },
    ],
  })
  for (const who of [ada, ben, cleo])
    expect((await toldOf(who, 'decided')).filter(({ comment }: { comment: { id: string } }) => comment.id === id)).toHaveLength(1)
})

test('nobody is heard after the moment, also while no worker has closed it yet', async () => {
  const { id } = await open(ada, { text: 'Over' })
  await db.execute(`update decisions set closes_at = now() - interval '1 second' where comment_id = '${id}'`)
  expect((await vote(ben, id, 'agree')).body.type).toBe('/problems/decision-closed')
  expect(await read(ben, id)).toMatchObject({ mayVote: false, closedAt: null })
})

test.each<[string, [Person, string, string?][], object, object]>([
  [
    'an objection',
    [
      [ben, 'agree'],
      [cleo, 'object', 'No'],
    ],
    {},
    { result: 'objected' },
  ],
  ['silence', [], {}, { result: 'unanswered' }],
  [
    'options',
    [
      [ben, 'option-2'],
      [cleo, 'option-2'],
      [ada, 'option-1'],
    ],
    { options: ['Red', 'Blue'] },
    { result: 'chosen', winners: ['option-2'] },
  ],
  [
    'a tie',
    [
      [ben, 'option-2'],
      [cleo, 'option-1'],
    ],
    { options: ['Red', 'Blue'] },
    { result: 'tied', winners: ['option-1', 'option-2'] },
  ],
])('%s has its outcome', async (_what, votes, payload, expected) => {
  expect((await decided(votes, payload)).outcome).toMatchObject(expected)
})

test('a decision that is only stated is in the log at once, and one that takes its place says so in both entries', async () => {
  const say = async (payload: object) =>
    (await send(ada, 'POST', `/api/updates/${updateId}/comments`, { type: 'decision', ...payload })).body
  const first = await say({ text: 'We use tabs', atMs: 25_000 })
  const second = await say({ text: 'We use spaces', supersedesId: first.id })
  const [newer, older] = await logOf(ben, '?q=We use')
  expect(newer).toMatchObject({ kind: 'stated', decision: second.id, supersedes: first.id, supersededBy: null })
  expect(older).toMatchObject({
    kind: 'stated',
    decision: first.id,
    supersededBy: newer?.seq,
    parts: [{ value: { clip: { fromMs: 5000 } } }, {}],
  })
  expect(await logOf(ben, '?q=%25')).toEqual([])
  const { items, nextCursor } = (await as(ben).inject({ url: '/api/decisions?limit=2' })).json()
  const next = (await as(ben).inject({ url: `/api/decisions?limit=2&cursor=${nextCursor}` })).json().items
  expect([...items, ...next].map(({ seq }: LogEntry) => seq)).toEqual([0, 1, 2, 3].map((back) => newer!.seq - back))
})

test('the log of a private channel is its members’ alone, and a chain of its own', async () => {
  const { body: channel } = await send(ada, 'POST', '/api/channels', { name: 'Secret', isPrivate: true })
  await send(ada, 'PUT', `/api/channels/${channel.id}/members/${ben.id}`)
  const { id: secret } = await given.update(ada, { title: 'Secret', channelId: channel.id })
  const { id } = await open(ada, { text: 'Whispered' }, secret)
  const of = `/api/channels/${channel.id}/decisions`
  expect(await read(ben, id)).toMatchObject({ deciderCount: 2 })
  await closeDecisions(db, inDays(3))
  expect(await logOf(ben, '', of)).toMatchObject([{ seq: 1, previous: '0'.repeat(64), channel: channel.id, decision: id }])
  expect(await verifyLog(await exported(ben, of))).toMatchObject({ ok: true, entries: 1 })
  for (const who of [owner, cleo]) {
    for (const url of [of, `${of}/export`, `/api/decisions/${id}`]) expect((await as(who).inject({ url })).statusCode).toBe(404)
    expect(JSON.stringify(await logOf(who))).not.toContain('Whispered')
  }
})

test('the whole log is exported and checks; the database refuses every change of it', async () => {
  const log = await exported(cleo)
  expect(await verifyLog(log)).toEqual({ ok: true, entries: log.length, erased: 0, head: log.at(-1)?.hash })
  expect(log.length).toBeGreaterThan(5)
  for (const change of [
    `update decision_log set kind = 'stated'`,
    'delete from decision_log',
    'truncate decision_log cascade',
    `update decision_log_parts set value = '{}'`,
    'delete from decision_log_parts',
    'truncate decision_log_parts',
    `update decision_log_parts set salt = null, value = '{}', commitment = ''`,
  ])
    for (const erases of ['', 'a person']) {
      const isDone = db.transaction(async (tx) => {
        await tx.execute(`select set_config('meanwhile.erases', '${erases}', true)`)
        await tx.execute(change)
      })
      await expect(isDone, change).rejects.toThrow()
    }
  expect(await verifyLog(await exported(cleo))).toMatchObject({ ok: true, entries: log.length })
})

test('the same again adds nothing; where nobody can be asked it is refused', async () => {
  const id = crypto.randomUUID()
  const payload = { id, text: 'Once', closesAt: inDays(1).toISOString() }
  const url = `/api/updates/${updateId}/decisions`
  expect((await send(ada, 'POST', url, payload)).status).toBe(201)
  expect((await send(ada, 'POST', url, payload)).status).toBe(200)
  expect((await send(ada, 'POST', url, { ...payload, text: 'Twice' })).body.type).toBe('/problems/comment-conflict')
  for (const wrong of [
    { text: ' ' },
    { options: ['One'] },
    { options: ['One', 'One'] },
    { deciderIds: [] },
    { clip: { fromMs: 5, toMs: 5 } },
  ])
    expect((await send(ada, 'POST', url, { text: 'Wrong', ...wrong })).status, JSON.stringify(wrong)).toBe(400)
  expect((await open(ada, { text: 'Far', clip: { fromMs: 0, toMs: 9_000_000 } })).type).toBe('/problems/comment-out-of-range')
  expect((await open(ada, { text: 'Lost', fromId: crypto.randomUUID() })).type).toBe('/problems/parent-not-found')
  const draft = await given.update(ada, { video: { tracks: ['main'] } })
  expect((await open(ada, { text: 'Early' }, draft.id)).type).toBe('/problems/not-published')
  expect((await app.inject({ url: '/api/decisions' })).statusCode).toBe(401)
})

test('a decision on an update that is deleted stays in the log, without a way to it', async () => {
  const { id: gone } = await given.update(ada, { title: 'Gone' })
  const { id } = await open(ada, { text: 'It stays decided' }, gone)
  await closeDecisions(db, inDays(3))
  await send(ada, 'DELETE', `/api/updates/${gone}`)
  expect(await logOf(ben, '?q=stays decided')).toMatchObject([{ decision: id, place: null }])
  await db.execute(`delete from updates where id = '${gone}'`)
  expect(await logOf(ben, '?q=stays decided')).toMatchObject([{ decision: id, place: null }])
  expect(await verifyLog(await exported(ben))).toMatchObject({ ok: true })
})

test('what a moderator has taken out of sight is not read in the log, nor found, and the log still checks', async () => {
  const { id } = await decided([[ben, 'agree']], { text: 'Something that nobody should read' })
  expect((await send(owner, 'PUT', `/api/comments/${id}/hidden`)).status).toBeLessThan(300)
  expect(await logOf(ada, '?q=nobody%20should')).toEqual([])
  expect(JSON.stringify(await logOf(ada))).not.toContain('nobody should read')
  const lines = await exported(ada)
  expect(JSON.stringify(lines)).not.toContain('nobody should read')
  expect(await verifyLog(lines)).toMatchObject({ ok: true })
  await send(owner, 'DELETE', `/api/comments/${id}/hidden`)
  expect(await logOf(ada, '?q=nobody%20should')).toHaveLength(1)
})
