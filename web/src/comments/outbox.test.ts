import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { viewerHeader } from '../api.ts'
import { storageOf } from '../browser-storage.fake.ts'
import { Outbox, type Unsent } from './outbox.ts'
// It is loaded late; not in the time of a test.
import './tell-at-once.ts'

const kept = new Map<string, string>()
const unsent: Unsent = { id: 'c1', updateId: 'u1', draft: { text: 'Hello' }, writtenAt: '2026-11-22T10:00:00.000Z' }
const answers = (status: number, body: object) => vi.fn(async () => Response.json(body, { status }))
const problem = (status: number) => ({ type: '/problems/any', title: 'No', status })
let outbox: Outbox

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', storageOf(kept))
  outbox = new Outbox('ada')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('what is stored is kept no longer, and was sent under its own id, in the name of its author alone', async () => {
  const fetch = answers(201, { id: 'c1' })
  vi.stubGlobal('fetch', fetch)
  expect(await outbox.send({ ...unsent, draft: { text: 'Hello', owner: { id: 'b', name: 'Ben', picture: null } } })).toEqual({
    stored: { id: 'c1' },
  })
  expect(outbox.all()).toEqual([])
  const [, init] = fetch.mock.calls[0] as unknown as [string, RequestInit]
  expect(JSON.parse(`${init.body}`)).toEqual({ id: 'c1', text: 'Hello', ownerId: 'b', mentions: [] })
  expect(init.headers).toMatchObject({ [viewerHeader]: 'ada' })
})

test('it goes to the workspace in which it was written, wherever its author is by now', async () => {
  const fetch = answers(201, { id: 'c1' })
  vi.stubGlobal('fetch', fetch)
  outbox.keep({ ...unsent, workspaceId: 'acme' })
  await outbox.sendAll(vi.fn())
  const [, init] = fetch.mock.calls[0] as unknown as [string, RequestInit]
  expect(init.headers).toMatchObject({ [viewerHeader]: 'ada acme' })
})

test.each([429, 500, 503])('after a %i it is kept, for its update and its author alone', async (status) => {
  vi.stubGlobal('fetch', answers(status, problem(status)))
  expect(await outbox.send(unsent)).toMatchObject({ later: { status } })
  expect(outbox.of('u1')).toEqual([unsent])
  expect(outbox.of('u2')).toEqual([])
  expect(new Outbox('ben').all()).toEqual([])
})

test('it is kept before anything answers', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')))
  const sending = outbox.send(unsent)
  expect(outbox.all()).toEqual([unsent])
  expect(await sending).toMatchObject({ later: { type: '/problems/unreachable' } })
})

test('what is sent again waits until its author is signed in', async () => {
  vi.stubGlobal('fetch', answers(401, problem(401)))
  const refused = vi.fn()
  outbox.keep(unsent)
  await outbox.sendAll(refused)
  expect(refused).not.toHaveBeenCalled()
  expect(outbox.all()).toEqual([unsent])
})

test.each([400, 401, 404, 409])('a %i is a refusal', async (status) => {
  vi.stubGlobal('fetch', answers(status, problem(status)))
  expect(await outbox.send(unsent)).toMatchObject({ refused: { status } })
  expect(outbox.all()).toEqual([])
})

test('what turns out to be stored is settled; the rest stays', () => {
  outbox.keep(unsent)
  outbox.keep({ ...unsent, id: 'c2' })
  outbox.keep({ ...unsent, id: 'c1 of another', updateId: 'u2' })
  expect(outbox.settle('u1', new Set(['c1', 'c1 of another'])).map(({ id }) => id)).toEqual(['c2'])
  expect(outbox.all().map(({ id }) => id)).toEqual(['c2', 'c1 of another'])
})

test('what cannot wait is told at once when it is stored, also when nobody heard that it was, and not before', async () => {
  const urgent = { ...unsent, draft: { text: 'Hello', urgent: 'It ends tonight' } }
  vi.stubGlobal('fetch', answers(503, problem(503)))
  await outbox.send(urgent)
  const fetch = answers(200, { people: 1, notTold: [] })
  vi.stubGlobal('fetch', fetch)
  outbox.settle('u1', new Set(['c1']))
  await expect.poll(() => fetch.mock.calls.length).toBe(1)
  await outbox.send(urgent)
  await expect.poll(() => fetch.mock.calls.length).toBe(3)
  const sent = (fetch.mock.calls as unknown as [string, RequestInit][]).map(([url, { body }]) => [url, JSON.parse(`${body}`)])
  const told = ['/api/comments/c1/urgent', { reason: 'It ends tonight' }]
  expect(sent).toEqual([told, ['/api/updates/u1/comments', { id: 'c1', text: 'Hello', ownerId: null, mentions: [] }], told])
})

test('where that fails it is kept, is no comment any more, and is tried again until it works, also on the next page', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  for (const name of ['addEventListener', 'removeEventListener']) vi.stubGlobal(name, () => {})
  const urgent = { ...unsent, workspaceId: 'acme', draft: { text: 'Hello', urgent: 'It ends tonight' } }
  const down = answers(503, problem(503))
  vi.stubGlobal('fetch', down)
  outbox.keep(urgent)
  outbox.settle('u1', new Set(['c1']))
  await expect.poll(() => down.mock.calls.length).toBe(1)
  expect(outbox.of('u1')).toEqual([])
  expect(outbox.all()).toMatchObject([{ id: 'c1', isStored: true }])

  const up = answers(200, { people: 1, notTold: [] })
  vi.stubGlobal('fetch', up)
  const next = new Outbox('ada')
  await next.sendAll(vi.fn())
  await vi.advanceTimersByTimeAsync(2000)
  await expect.poll(() => next.all()).toEqual([])
  const [[url, init]] = up.mock.calls as unknown as [[string, RequestInit]]
  expect([url, JSON.parse(`${init.body}`)]).toEqual(['/api/comments/c1/urgent', { reason: 'It ends tonight' }])
  expect(init.headers).toMatchObject({ [viewerHeader]: 'ada acme' })
  expect(up).toHaveBeenCalledTimes(1)
})

test('what is refused for good is said and not tried again', async () => {
  vi.stubGlobal('fetch', answers(404, problem(404)))
  outbox.keep({ ...unsent, draft: { text: 'Hello', urgent: 'It ends tonight' } })
  outbox.settle('u1', new Set(['c1']))
  await expect.poll(() => outbox.all()).toEqual([])
})
