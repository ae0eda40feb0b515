import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { as, given } = await startApp()
const ada = await given.person('Ada')
const { id } = await given.recording(ada, await cutRecording({ ms: 2000 }))
const send = (payload: string) =>
  as(ada).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload, headers: { 'content-type': 'application/json' } })

test.each([
  ['at a moment that is no number', '{"text":"Hi","atMs":NaN}'],
  ['at a moment before the start', '{"text":"Hi","atMs":-1}'],
  ['at a moment behind the end', '{"text":"Hi","atMs":86400000}'],
  ['at half a millisecond', '{"text":"Hi","atMs":0.5}'],
  ['at a moment beyond all counting', '{"text":"Hi","atMs":1e999}'],
  ['over a range that ends before it starts', '{"text":"Hi","atMs":1000,"endMs":10}'],
  ['of a million characters', JSON.stringify({ text: 'x'.repeat(1_000_000) })],
  ['that answers what is not there', `{"text":"Hi","parentId":"${crypto.randomUUID()}"}`],
])('a comment %s is refused (R33)', async (_what, payload) => {
  expect([400, 404, 413, 422]).toContain((await send(payload)).statusCode)
})

test('whoever reacts or writes without end is slowed down (R33)', async () => {
  const react = () =>
    as(ada).inject({
      method: 'PUT',
      url: `/api/updates/${id}/reactions/${encodeURIComponent('👍')}`,
      payload: {},
    })
  const statuses = await Promise.all(Array.from({ length: 260 }, async () => (await react()).statusCode))
  expect(statuses).toContain(429)
  expect(Math.max(...statuses)).toBe(429)
  const written = await Promise.all(Array.from({ length: 140 }, async () => (await send('{"text":"Hi"}')).statusCode))
  expect(written).toContain(429)
  expect(Math.max(...written)).toBe(429)
})
