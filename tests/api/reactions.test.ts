import { emojis } from '@meanwhile/shared/media/emojis'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { as, given } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording()
const { id } = await given.recording(ada, cut)
type Someone = typeof ada

const at = (emoji: string, updateId = id) => `/api/updates/${updateId}/reactions/${encodeURIComponent(emoji)}`
const react = (person: Someone, emoji: string, payload: object = {}, updateId = id) =>
  as(person).inject({ method: 'PUT', url: at(emoji, updateId), payload })

test('reactions to a comment are counted, each person once, and can be taken back', async () => {
  const comment = (
    await as(ada).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'Done!' } })
  ).json()
  const url = (emoji: string) => `/api/comments/${comment.id}/reactions/${encodeURIComponent(emoji)}`
  const put = (person: Someone, emoji: string) => as(person).inject({ method: 'PUT', url: url(emoji) })
  await Promise.all([put(ada, '🎉'), put(ada, '🎉'), put(ben, '🎉')])
  expect((await put(ben, '👍')).json()).toEqual([
    { emoji: '🎉', count: 2, mine: true },
    { emoji: '👍', count: 1, mine: true },
  ])
  const [listed] = (await as(ada).inject({ url: `/api/updates/${id}/comments` })).json().items
  expect(listed.reactions).toEqual([
    { emoji: '🎉', count: 2, mine: true },
    { emoji: '👍', count: 1, mine: false },
  ])
  const taken = await as(ben).inject({ method: 'DELETE', url: url('🎉') })
  expect(taken.json()).toEqual([
    { emoji: '🎉', count: 1, mine: false },
    { emoji: '👍', count: 1, mine: true },
  ])
  expect((await as(ben).inject({ method: 'DELETE', url: url('🎉') })).json()).toEqual(taken.json())
})

test('reactions to a moment are marks on the timeline, one a second', async () => {
  await react(ada, '😂', { atMs: 4_100 })
  await react(ben, '😂', { atMs: 4_900 })
  await react(ben, '👏', { atMs: 4_000 })
  expect((await react(ben, '😮', { atMs: 1_999 })).json()).toEqual([
    { emoji: '😮', atMs: 1_000, count: 1, mine: true },
    { emoji: '😂', atMs: 4_000, count: 2, mine: true },
    { emoji: '👏', atMs: 4_000, count: 1, mine: true },
  ])
  const left = (await as(ben).inject({ method: 'DELETE', url: `${at('😂')}?atMs=4500` })).json()
  expect(left).toContainEqual({ emoji: '😂', atMs: 4_000, count: 1, mine: false })
  expect((await as(ben).inject({ url: `/api/updates/${id}/reactions` })).json()).toEqual(left)
})

test('an update without a video is reacted to as a whole', async () => {
  const { id: text } = await given.update(ada)
  expect((await react(ben, '👍', {}, text)).json()).toEqual([{ emoji: '👍', atMs: 0, count: 1, mine: true }])
  expect((await react(ben, '👍', { atMs: 5_000 }, text)).statusCode).toBe(422)
})

test('there are six of them, and no others', async () => {
  expect(emojis).toHaveLength(6)
  for (const emoji of emojis) expect((await react(ada, emoji)).statusCode).toBe(200)
  for (const other of ['👎', '👍🏽', '👍👍', 'x'.repeat(150), '<script>', '%00'])
    expect((await react(ada, other)).statusCode).toBe(404)
})

test.each([
  ['a moment before the start', { atMs: -1 }, 400],
  ['a moment that is no number', { atMs: '0' }, 400],
  ['a moment after the end', { atMs: 60_000 }, 422],
])('%s is refused', async (_what, payload, status) => {
  expect((await react(ada, '👍', payload)).json()).toMatchObject({ status, type: expect.stringContaining('/problems/') })
})

test('who applauds without end is stopped', async () => {
  const { id: long } = await given.update(ada, { video: { tracks: ['main'] } })
  const statuses: number[] = []
  for (let second = 0; second < 101; second++) statuses.push((await react(ada, '👏', { atMs: second * 1000 }, long)).statusCode)
  expect(statuses.filter((status) => status === 200)).toHaveLength(100)
  expect(statuses.at(-1)).toBe(429)
  expect((await as(ada).inject({ url: `/api/updates/${long}/reactions` })).json()).toHaveLength(100)
})
