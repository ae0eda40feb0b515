import type { createComment, deleteComment } from '@meanwhile/shared/contract/comments'
import type { listUpdates, readUpdate } from '@meanwhile/shared/contract/updates'
import { afterEach, expect, expectTypeOf, test, vi } from 'vitest'
import { type Answer, ApiError, answerOf, call, type Input, problemIn, urlFor, whenSignedOut } from './api.ts'

afterEach(() => vi.unstubAllGlobals())

const answering = (status: number, body: unknown) => {
  const fetch = vi.fn(async () => new Response(body === null ? null : JSON.stringify(body), { status }))
  vi.stubGlobal('fetch', fetch)
  return fetch
}

test.each([
  ['/api/updates', {}, {}, '/api/updates'],
  ['/api/updates/:updateId/comments', { updateId: 'a/b?c' }, {}, '/api/updates/a%2Fb%3Fc/comments'],
  ['/api/videos/:videoId/stages/:stage/retry', { videoId: '1', stage: 'probe' }, {}, '/api/videos/1/stages/probe/retry'],
  ['/api/updates', {}, { cursor: 'a&b', limit: 10, unwatched: undefined }, '/api/updates?cursor=a%26b&limit=10'],
])('%s with its parameters filled in', (pattern, params, query, url) => {
  expect(urlFor(pattern, params, query)).toBe(url)
})

test('a request is sent as JSON to the address of its endpoint', async () => {
  const fetch = answering(201, { id: 'c' })
  await call<typeof createComment>('POST', '/api/updates/:updateId/comments', { params: { updateId: 'u' }, body: { text: 'Hi' } })
  expect(fetch).toHaveBeenCalledWith(
    '/api/updates/u/comments',
    expect.objectContaining({ method: 'POST', credentials: 'same-origin', body: '{"text":"Hi"}' }),
  )
})

test('an answer without content is null', async () => {
  answering(204, null)
  const params = { commentId: 'c' }
  expect(await call<typeof deleteComment>('DELETE', '/api/comments/:commentId', { params })).toBeNull()
})

test('types follow the endpoint: what goes in, and dates as text coming out', () => {
  expectTypeOf<Input<typeof createComment>['body']>().toExtend<{ text: string; atMs?: number | null | undefined }>()
  expectTypeOf<Answer<typeof readUpdate>['createdAt']>().toEqualTypeOf<string>()
  expectTypeOf<Answer<typeof readUpdate>['publishedAt']>().toEqualTypeOf<string | null>()
  expectTypeOf<Answer<typeof deleteComment>>().toEqualTypeOf<null>()
  expectTypeOf<Answer<typeof listUpdates>['nextCursor']>().toEqualTypeOf<string | null>()
  // @ts-expect-error another method than the endpoint's
  expectTypeOf(call<typeof readUpdate>).toBeCallableWith('POST', '/api/updates/:updateId', { params: { updateId: 'u' } })
  // @ts-expect-error params are missing
  expectTypeOf(call<typeof readUpdate>).toBeCallableWith('GET', '/api/updates/:updateId')
})

test('a refused request throws the problem that the server described', async () => {
  answering(404, { type: '/problems/not-found', title: 'There is nothing here that you can see', status: 404 })
  const failed = call<typeof readUpdate>('GET', '/api/updates/:updateId', { params: { updateId: 'u' } })
  await expect(failed).rejects.toMatchObject({ code: 'not-found', problem: { status: 404 } })
})

test('a request that is never answered counts as not having reached the server', async () => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', (_url: string, { signal }: RequestInit) => {
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  })
  const failed = call<typeof readUpdate>('GET', '/api/updates/:updateId', { params: { updateId: 'u' } })
  const checked = expect(failed).rejects.toMatchObject({ code: 'unreachable' })
  await vi.runAllTimersAsync()
  await checked
  vi.useRealTimers()
})

test('whoever listens is told when the session has ended', async () => {
  const told = vi.fn()
  whenSignedOut(told)
  const body = JSON.stringify({ type: '/problems/signed-out', title: 'Sign in first', status: 401 })
  await expect(answerOf(new Response(body, { status: 401 }))).rejects.toBeInstanceOf(ApiError)
  expect(told).toHaveBeenCalledOnce()
})

test.each([
  ['no answer at all', () => vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))],
  ['the error page of a proxy', () => vi.stubGlobal('fetch', async () => new Response('<h1>502</h1>', { status: 502 }))],
  ['JSON that is no problem', () => answering(500, { message: 'oops' })],
])('%s reads as: cannot be reached', async (_, arrange) => {
  arrange()
  const failed = call<typeof readUpdate>('GET', '/api/updates/:updateId', { params: { updateId: 'u' } })
  await expect(failed).rejects.toMatchObject({ code: 'unreachable', problem: { title: 'Meanwhile cannot be reached right now' } })
})

test('an error of our own code is shown without technical words', () => {
  expect(problemIn(new TypeError('x is undefined')).title).toBe('Something went wrong here')
})
