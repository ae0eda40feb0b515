import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { guestsOn } from '../support/guest.ts'
import { listenTo } from '../support/stream.ts'

const { app, as, given } = await startApp()
const { share, tokenOf, guest } = guestsOn(app)
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const foreigner = await given.stranger('Mallory')
const { id } = await given.update(ada, { title: 'Monday' })
await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo

/** Opens streams one after the other. `answers` are for keeping: an answer that nobody refers to is collected, and its stream ends. */
async function openMany(count: number, headers: Record<string, string>, query = '') {
  const controller = new AbortController()
  const answers: Response[] = []
  for (let opened = 0; opened < count; opened++)
    answers.push(await fetch(`http://127.0.0.1:${port}/api/events${query}`, { headers, signal: controller.signal }))
  const refused = answers.find(({ status }) => status !== 200)
  const problem = (await refused?.json()) as { type: string; status: number } | undefined
  return { opened: answers.filter(({ status }) => status === 200).length, problem, answers, close: () => controller.abort() }
}

test('one person has twenty streams at most, also over many sessions; others are not held up, and one that ends makes room (R27)', async () => {
  const streams = await openMany(22, { cookie: ada.cookie })
  expect(streams.opened).toBe(20)
  expect(streams.problem).toMatchObject({ type: '/problems/too-many-requests', status: 429 })
  ;(await listenTo(app, ben)).close()
  streams.close()
  await expect.poll(() => app.hub.countOf(ada.id)).toBe(0)
  ;(await listenTo(app, ada)).close()
})

test('a stream is for who is signed in, and its address opens none (R27)', async () => {
  for (const query of ['', `?token=${ada.cookie.split('=')[1]}`, `?cookie=${ada.cookie}`, '?share=x'])
    expect((await app.inject({ url: `/api/events${query}` })).statusCode, query).toBeGreaterThanOrEqual(401)
})

test('who begins at the position of somebody else hears nothing that is not theirs (R27)', async () => {
  const before = await listenTo(app, ada)
  await as(ada).inject({ method: 'PATCH', url: `/api/updates/${id}`, payload: { title: 'Tuesday' } })
  await before.until(({ type }) => type === 'update')
  const theirs = await listenTo(app, foreigner, before.start.id)
  await as(foreigner).inject({ method: 'POST', url: '/api/updates', payload: { title: 'Ours' } })
  const heard = await theirs.until(({ type }) => type === 'update')
  expect(JSON.stringify(heard)).not.toContain(id)
  before.close()
  theirs.close()
})

test('guests of a link whom nobody knows share what streams there are, and guests under new names are counted by where they are (R27)', async () => {
  const link = await share(ada, id)
  const opened: Awaited<ReturnType<typeof openMany>>[] = []
  for (let count = 0; count < 16; count++) {
    const { cookie } = await guest(link)
    opened.push(await openMany(20, { cookie, 'meanwhile-share': tokenOf(link) }))
  }
  const all = opened.reduce((sum, each) => sum + each.opened, 0)
  expect(all).toBe(300)
  expect(opened.at(-1)?.problem).toMatchObject({ type: '/problems/too-many-requests', status: 429 })
  // Whoever has an account there is not held up by it.
  ;(await listenTo(app, ben)).close()
  for (const { answers, close } of opened) if (answers.length > 0) close()
})
